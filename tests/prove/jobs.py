"""Two services, each with its timer: a job whose time has come is done by one of them."""

from __future__ import annotations

import time

from prove.cluster import Ground
from prove.ledger import Ledger
from prove.trial import Figure, Trial, mutant, proof

COUNTED = """
create table public.runs (at timestamptz);
create function public.run_once() returns integer language sql security definer
as $$ insert into public.runs values (clock_timestamp()); select 1; $$;
grant execute on function public.run_once() to public;
insert into apartado.jobs (job, command, every)
values ('counted', 'select public.run_once() as done', interval '1 second');
"""
TOO_SOON = """
select count(*) from (select at - lag(at) over (order by at) as pause from public.runs) r
 where pause < interval '0.99 seconds'
"""


@proof("one_job", "two services with a timer each do a job once when it is due", short=0.2)
def one_job(trial: Trial) -> Figure:
    ground = trial.ground()
    ground.ask(COUNTED)
    services = [trial.service(ground) for _ in range(2)]
    wanted = trial.of(20, 4)
    while ground.one("select count(*) from public.runs") < wanted:
        time.sleep(0.05)
    for service in services:
        service.close()
    runs, twice = ground.one("select count(*) from public.runs"), ground.one(TOO_SOON)
    assert twice == 0, f"{twice} of {runs} runs came before their time"
    trial.judge(ground, Ledger())
    return Figure(f"2 services, {runs} runs", f"{twice} done twice", "0")


@mutant("whoever sees a job due does it", "one_job", size=0.3)
def _does_not_look_again(ground: Ground) -> None:
    ground.mutate(r"j\.last_run_at \+ j\.every <= apartado\.clock\(\)", "true", "run_due_jobs")
    ground.mutate(
        "continue when not pg_try_advisory",
        "continue when false and not pg_try_advisory",
        "run_due_jobs",
    )
