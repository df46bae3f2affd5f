import datetime
import random
import time
import uuid


def planted():
    print(datetime.now(), datetime.datetime.utcnow())
    print(time.time())
    print(uuid.uuid1(), random.random())
    try:
        planted()
    except:
        raise
    try:
        planted()
    except Exception:
        pass
    except ValueError:
        pass
