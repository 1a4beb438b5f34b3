"""The soak's suites in small: disks that fail, power failures, many writers, merges and damaged journals."""

import random

from tests.soak import crashes, faults, merges, writers


def test_faults_at_every_kind_of_call() -> None:
    tally = faults.run(90, random.Random(20211124), lambda: False)
    tally.check()
    assert sum(tally.counts.values()) == 90


def test_a_kill_at_every_call_of_a_save() -> None:
    cases = [case for case in faults.all_cases() if case[0] == "save" and case[2] is None]
    assert len(cases) > 50
    faults._several(cases).check()


def test_crash_states_of_a_session_at_the_session() -> None:
    crashes.run(120, random.Random(7), lambda: False).check()


def test_eight_processes_write_one_file_at_once() -> None:
    writers.run(8, random.Random(1), lambda: False).check()


def test_merges_hold_to_their_laws() -> None:
    merges._several((1, 80)).check()


def test_damaged_journals_give_up_only_what_is_damaged() -> None:
    merges.run_journals(4000, random.Random(5), lambda: False).check()
