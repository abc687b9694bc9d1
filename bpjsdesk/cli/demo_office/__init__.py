"""The practice office: made-up people around the published figures of Manado and Kotamobagu."""
