"""What git says when it refuses, as a kind of failure."""

import pytest

from perftui.store.git.failures import (
    CERTIFICATE,
    DAMAGED,
    FASTER,
    FORBIDDEN,
    LOCKED,
    NETWORK,
    NO_VERSION,
    REFUSED,
    failure,
)

SAID = {
    "fatal: cannot lock ref 'HEAD': Unable to create '/a/.git/refs/heads/main.lock': File exists.": LOCKED,
    "remote: error: cannot lock ref 'refs/heads/main': Unable to create './main.lock': File exists": FASTER,
    " ! [rejected]  HEAD -> main (fetch first)\nerror: failed to push some refs to 'x'": FASTER,
    " ! [remote rejected] HEAD -> main (hook declined)\nerror: failed to push some refs to 'x'": REFUSED,
    "To x\n * [new branch]  HEAD -> main\nerror: failed to push some refs to 'x'": NETWORK,
    "git: 'remote-foo' is not a git command. See 'git --help'.": "no-remote",
    "fatal: your current branch 'main' does not have any commits yet": NO_VERSION,
    "fatal: .git/index: index file smaller than expected": DAMAGED,
    "fatal: unable to access 'https://a/b.git/': The requested URL returned error: 403": FORBIDDEN,
    "fatal: unable to access 'https://a/b.git/': The requested URL returned error: 502": NETWORK,
    "fatal: unable to access 'https://a/b/': SSL certificate problem: certificate has expired": CERTIFICATE,
    "fatal: unable to access 'https://a/b/': server certificate verification failed. CAfile: none": CERTIFICATE,
    "fatal: bad config line 1 in file .git/config": DAMAGED,
    "error: object file .git/objects/ab/cd is empty": DAMAGED,
}


@pytest.mark.parametrize("said", SAID)
def test_the_kind_is_told_by_what_git_says(said: str) -> None:
    assert failure("push", 1, said).kind == SAID[said]


def test_the_folder_of_somebody_else_is_named() -> None:
    error = failure("status", 128, "fatal: detected dubious ownership in repository at '/数据/克隆'\n")
    assert "safe.directory '/数据/克隆'" in str(error)


@pytest.mark.parametrize(
    "said",
    [
        "Counting objects:   7% (1/13)\rCounting objects: 100% (13/13), done.\nerror: no\n",
        "Receiving objects:  53% (8/15)\rerror: no\nReceiving objects:  60% (9/15)",
    ],
)
def test_how_far_git_is_stands_in_no_details(said: str) -> None:
    assert failure("push", 1, said).details == "error: no"


def test_what_hooks_send_to_a_terminal_stands_in_no_details() -> None:
    said = "\x1b]0;title\x07\x1b[1;31mno\x1b[0m sum\x1b(B\n ! \x1b[31m[rejected]\x1b[m HEAD (fetch first)\n"
    error = failure("push", 1, said)
    assert error.details == "no sum\n ! [rejected] HEAD (fetch first)"
    assert error.kind == FASTER
