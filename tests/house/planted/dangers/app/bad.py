"""Everything that test_dangers.py must report."""

import pickle
import subprocess

import requests
import yaml

subprocess.run("ls", shell=True)
yaml.load("a: 1")
pickle.loads(b"")
eval("1")
requests.get("http://127.0.0.1")
