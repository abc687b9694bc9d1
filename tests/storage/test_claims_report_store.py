"""The claims report lives on its index alone, whatever is asked."""

from datetime import date

import pytest
from sqlalchemy import event

from bpjsdesk.domain.claim_totals import scope_of
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import claims_report


@pytest.mark.parametrize("region", [None, "71.71", "71.71.07"])
@pytest.mark.parametrize("categories", [(), ("VULNERABLE", "UMKM")])
def test_no_row_of_a_claim_is_read(
    office: AppContext, region: str | None, categories: tuple[str, ...]
) -> None:
    query = ClaimsReportQuery(
        date_from=date(2026, 1, 1),
        date_to=date(2026, 11, 30),
        region_code=region,
        categories=categories,
    )
    plans: list[str] = []
    with office.database.read() as connection:

        @event.listens_for(connection, "before_cursor_execute", retval=True)
        def explain(*call: object) -> tuple[object, object]:
            statement, parameters = call[2], call[3]
            driver = connection.connection.driver_connection
            assert driver is not None
            rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in rows if " claim" in row[3])
            return statement, parameters

        claims_report.paid_groups(connection, scope_of(query))
        claims_report.monthly_benefits(connection, query.date_from, query.date_to)
    assert len(plans) == 4
    assert all("COVERING INDEX ix_claim_report" in plan for plan in plans)
