"""Jobs."""

import uuid
from django.db import migrations, models
from guozi.access.rls import row_security

# One's own jobs, and all of them for who sees every enterprise or runs the system.
OWN_JOBS = (
    "(SELECT current_setting('app.everything', true)) = 'on'"
    " OR (SELECT current_setting('app.jobs', true)) = 'on'"
    " OR requested_by_id = (SELECT NULLIF(current_setting('app.user', true), '')::bigint)"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [("procrastinate", "__first__")]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=120)),
                ('english_title', models.CharField(max_length=160)),
                ('arguments', models.JSONField()),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('running', '执行中'), ('done', '已完成'), ('cancelled', '已取消'), ('failed', '失败')], default='waiting', max_length=10)),
                ('done', models.IntegerField(default=0)),
                ('total', models.IntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=200)),
                ('english_message', models.CharField(blank=True, max_length=240)),
                ('result_url', models.CharField(blank=True, max_length=200)),
                ('cancel_requested', models.BooleanField(default=False)),
                ('requested_by_id', models.BigIntegerField(null=True)),
                ('created', models.DateTimeField()),
                ('started', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
            ],
        ),
            migrations.RunSQL(*row_security("jobs_job", OWN_JOBS)),
    ]
