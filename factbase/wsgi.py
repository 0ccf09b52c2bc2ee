"""The WSGI application; in production it refuses what is not safe to serve."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")

application = get_wsgi_application()

if settings.IS_PRODUCTION:
    from factbase.checks import refuse_unsafe_production  # needs Django set up

    refuse_unsafe_production()

# What was made by now lives as long as the process: the collector need not walk through
# it again and again, a tenth of a second at a time in the midst of a request.
gc.collect()
gc.freeze()
