"""What is told beside what is said: it stands until somebody could read it."""

from perftui.tui.state.messages import Messages


def test_what_was_told_stands_until_a_key_comes_after_the_time_to_read_it() -> None:
    at = [0.0]
    messages = Messages(clock=lambda: at[0])
    messages.tell("少了 1 行")
    for at[0] in (0.1, 2.9):
        messages.key_came()
        messages.say("已经到头了")
        assert messages.notice == "已经到头了；少了 1 行"
    messages.say("")
    assert messages.notice == "少了 1 行"
    at[0] = 60.0
    assert messages.notice == "少了 1 行", "nobody was there to read it"
    messages.key_came()
    assert messages.notice == ""


def test_what_was_told_twice_stands_once() -> None:
    messages = Messages("设置读不了")
    messages.tell("设置读不了")
    messages.tell("少了 1 行")
    messages.say("复制了；设置读不了；少了 1 行")
    assert messages.notice == "复制了；设置读不了；少了 1 行"
    messages.say("")
    assert messages.notice == "设置读不了；少了 1 行"
