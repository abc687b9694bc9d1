"""Printed pages: a ready value in, PDF bytes out."""
