"""init, schema: an office to begin with, and what its files look like."""

import json
from argparse import Namespace

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import new_password_for, paths_of, user_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.services.agreement_files import agreement_schema
from bpjsdesk.services.claim_files import claim_schema
from bpjsdesk.services.office import create_office


def init(arguments: Namespace, clock: Clock) -> Result:
    """Found an office; the recovery code is shown this once."""
    user_name = user_of(arguments)
    user = NewUser(
        name=user_name,
        display_name=user_name,
        role=Role.SUPERVISOR,
        password=new_password_for(user_name),
    )
    paths = paths_of(arguments)
    founding = NewOffice(office=Office(name=arguments.office), first_user=user)
    created = create_office(paths, founding, clock)
    created.context.close()
    data = {
        "office": arguments.office,
        "user": user.name,
        "role": user.role,
        "data": paths.data,
        "recovery_code": created.recovery_code,
    }
    lines = (
        f"Kantor {arguments.office} dibuat di {paths.data}.",
        f"Kode pemulihan (cetak, simpan di amplop tersegel): {created.recovery_code}",
        "Kode ini hanya ditampilkan sekali.",
    )
    return Result(data=data, lines=lines)


def schema(arguments: Namespace, _clock: Clock) -> Result:
    """Print the JSON Schema of a file that `add` reads."""
    found = agreement_schema() if arguments.kind == "agreement" else claim_schema()
    return Result(data=found, lines=(json.dumps(found, ensure_ascii=False, indent=2),))
