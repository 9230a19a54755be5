"""Where things are. Whatever is built or measured lies in target/, which is not kept."""
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
TARGET = HERE / 'target'
RESULTS = TARGET / 'results'
DOCUMENTS = ROOT / 'docs' / 'benchmarks'

GENERATOR = TARGET / 'gen'
KEY, CERTIFICATE, KEYSTORE = TARGET / 'key.pem', TARGET / 'cert.pem', TARGET / 'keys.p12'
LAUNCHER = ROOT / 'simplesmtp'

os.environ['PATH'] += ':/usr/sbin'


def find_java_home():
    """The newest JDK on this machine, which the launcher takes too; COMPARE_JAVA_HOME names another."""
    named = os.environ.get('COMPARE_JAVA_HOME') or os.environ.get('SIMPLESMTP_JAVA_HOME')
    if named:
        return Path(named)
    homes = [Path(os.environ.get('JAVA_HOME', '/nowhere')), *Path('/usr/lib/jvm').glob('*')]
    if shutil.which('javac'):
        homes.append(Path(shutil.which('javac')).resolve().parent.parent)
    homes = [home for home in homes if (home / 'bin' / 'javac').exists()]
    return max(homes, key=java_version, default=None)


def java_version(home):
    """Such as 25, or 0."""
    release = home / 'release'
    lines = release.read_text().splitlines() if release.exists() else []
    for line in lines:
        if line.startswith('JAVA_VERSION='):
            return int(line.split('"')[1].split('.')[0])
    return 0


JAVA_HOME = find_java_home()


def java(tool='java'):
    return str(JAVA_HOME / 'bin' / tool) if JAVA_HOME else tool


def output_of(*command, cwd=None):
    """The first line that a command prints, or nothing."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=cwd)
    except OSError:
        return ''
    lines = (run.stdout + run.stderr).strip().splitlines()
    return lines[0] if lines and run.returncode == 0 else ''
