"""Forms that were carried out, by their keys."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from guozi.access.rls import row_security

OWN_FORMS = "user_id = (SELECT NULLIF(current_setting('app.user', true), '')::bigint)"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=200)),
                ('location', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunSQL(*row_security("access_sentform", OWN_FORMS)),
    ]
