"""Copies that sync programs, file managers and merge tools leave beside a file: never projects of their own."""

from perftui.model.lazy_regex import lazily

_ENDING = r"\.toml\Z"
_COPY = lazily(
    r"(?:(?:~\$|(?:副本|复件|[Cc]opy of)(?: ?[(（][0-9]+[)）])?[ _-]*)(?P<named>.+?)"  # WPS, old Windows
    r"|(?P<name>.+?)(?:\.toml)?(?:"
    r"\.sync-conflict-[0-9]{8}-[0-9]{6}-[0-9A-Z]+"  # Syncthing
    r"|[ _-]?\([^()]*(?:冲突|[Cc]onflict)[^()]*\)"  # Nextcloud, Dropbox, Seafile
    r"|（[^（）]*冲突(?:副本|文件|版本)[^（）]*）"
    r"|[._-]conflict(?:-[0-9-]+)?"  # ownCloud
    r"|[._-]NSConflict.*|[ ._-]*冲突(?:副本|文件|版本).*"
    r"|-[A-Z]{2,10}-[0-9A-Z]{2,15}"  # OneDrive: the machine's name, as Windows makes it up
    r"|[ _-]*[(（]?(?:副本|[Cc]opy)(?: ?[(（]?[0-9]+[)）]?)?[)）]?"  # Windows, macOS
    r"|[ _.-](?:备份|[Bb]ackup)"
    r"| ?\([0-9]+\)| [0-9]+"  # browsers, iCloud
    r"|~|\.orig|\.bak|\.old|\.rej"
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_[0-9]+"  # git mergetool
    r"))" + _ENDING
)
_OTHERS_MARK = lazily(r"\.sync-conflict-|冲突|[Cc]onflict|_(?:BACKUP|BASE|LOCAL|REMOTE)_[0-9]+")


def original_of(name: str) -> str:
    """The name of the file that a file's name says it is a copy of; "" for a name that is nobody's copy."""
    if name.removesuffix(".toml").isalnum() and "opy" not in name and name.isascii():
        return ""  # most names: letters and digits alone say nothing of a copy
    match = _COPY.match(name)
    return f"{match['name'] or match['named']}.toml" if match else ""


def is_certainly_copy(name: str) -> bool:
    """Is it a copy also where its original is not there? No person gives a project such a name."""
    return bool(original_of(name)) and _OTHERS_MARK.search(name) is not None
