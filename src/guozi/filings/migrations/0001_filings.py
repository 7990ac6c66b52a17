"""Uploads, private drafts, sealed versions with their figures, review."""

import django.db.models.deletion
from django.db import migrations, models

from guozi.access.rls import EnableRowSecurity, row_security
from guozi.audit.operations import AppendOnly, RequireLeaf

ORGS = "(SELECT COALESCE(NULLIF(current_setting('app.orgs', true), ''), '{}')::bigint[])::bigint[]"
OWN = ORGS.replace("app.orgs", "app.own")

# A file is the enterprise's own affair until a version was sealed from it.
UPLOADS = f"""
    (SELECT current_setting('app.drafts', true)) = 'on'
    OR enterprise_id = ANY ({OWN})
    OR (sealed AND ((SELECT current_setting('app.everything', true)) = 'on'
                    OR enterprise_id = ANY ({ORGS})))
"""

# A version's content is sealed: only its state and whether it is the current one may move.
SEAL = """
CREATE FUNCTION filings_refuse_unsealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'state' - 'current'
                           IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'current' THEN
        RAISE EXCEPTION 'a sealed version does not change' USING ERRCODE = 'raise_exception';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON filings_version
    FOR EACH ROW EXECUTE FUNCTION filings_refuse_unsealing();
"""
UNSEAL = "DROP TRIGGER sealed ON filings_version; DROP FUNCTION filings_refuse_unsealing();"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0001_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40)),
                ('period', models.CharField(max_length=7)),
                ('scope', models.CharField(max_length=4)),
                ('revision', models.IntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('changed_by_name', models.CharField(max_length=80)),
                ('reason', models.TextField(blank=True)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40)),
                ('period', models.CharField(max_length=7)),
                ('scope', models.CharField(max_length=4)),
                ('name', models.CharField(max_length=200)),
                ('size', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by_id', models.BigIntegerField(null=True)),
                ('uploaded_by_name', models.CharField(max_length=80)),
                ('accepted', models.BooleanField()),
                ('sealed', models.BooleanField(default=False)),
                ('findings', models.JSONField(default=list)),
                ('figure_count', models.IntegerField(default=0)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='DraftFigure',
            fields=[
                ('pk', models.CompositePrimaryKey('draft_id', 'item', 'moment', blank=True, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=10)),
                ('moment', models.CharField(max_length=1)),
                ('amount', models.BigIntegerField()),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('cell', models.CharField(blank=True, max_length=10)),
                ('raw', models.CharField(blank=True, max_length=60)),
                ('changed_by_name', models.CharField(max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='filings.draft')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('upload', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.upload')),
            ],
        ),
        migrations.AddField(
            model_name='draft',
            name='upload',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.upload'),
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40)),
                ('form_version', models.CharField(max_length=20)),
                ('period', models.CharField(max_length=7)),
                ('scope', models.CharField(max_length=4)),
                ('number', models.IntegerField()),
                ('state', models.CharField(choices=[('submitted', '已报送'), ('signed', '已签发'), ('accepted', '已接收'), ('returned', '已退回'), ('withdrawn', '已撤回')], max_length=10)),
                ('current', models.BooleanField()),
                ('content_sha256', models.CharField(max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('submitted_at', models.DateTimeField()),
                ('submitted_by_id', models.BigIntegerField(null=True)),
                ('submitted_by_name', models.CharField(max_length=80)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('upload', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.upload')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('submitted', '已报送'), ('signed', '已签发'), ('accepted', '已接收'), ('returned', '已退回'), ('withdrawn', '已撤回')], max_length=10)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('by_role', models.CharField(max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='filings.version')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('pk', models.CompositePrimaryKey('version_id', 'item', 'moment', blank=True, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=10)),
                ('moment', models.CharField(max_length=1)),
                ('amount', models.BigIntegerField()),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('cell', models.CharField(blank=True, max_length=10)),
                ('raw', models.CharField(blank=True, max_length=60)),
                ('entered_by_name', models.CharField(blank=True, max_length=80)),
                ('entered_at', models.DateTimeField(null=True)),
                ('enterprise', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('upload', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.upload')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='filings.version')),
            ],
        ),
        migrations.CreateModel(
            name='VersionFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_id', models.CharField(max_length=20)),
                ('place', models.CharField(max_length=80)),
                ('severity', models.CharField(max_length=8)),
                ('message', models.TextField()),
                ('english_message', models.TextField()),
                ('explanation', models.TextField(blank=True)),
                ('explained_by_name', models.CharField(blank=True, max_length=80)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='filings.version')),
            ],
        ),
        migrations.CreateModel(
            name='DraftExplanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_id', models.CharField(max_length=20)),
                ('place', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('by_name', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='explanations', to='filings.draft')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'check_id', 'place'), name='filings_draft_explanation_one')],
            },
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('enterprise', 'form', 'period', 'scope'), name='filings_draft_one'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['form', 'period', 'scope'], name='filings_version_period'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('enterprise', 'form', 'period', 'scope', 'number'), name='filings_version_number'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('enterprise', 'form', 'period', 'scope'), name='filings_version_one_current'),
        ),
            migrations.RunSQL(*row_security("filings_upload", UPLOADS)),
        EnableRowSecurity("filings_draft", private=True),
        EnableRowSecurity("filings_draftfigure", private=True),
        EnableRowSecurity("filings_draftexplanation", private=True),
        EnableRowSecurity("filings_version"),
        EnableRowSecurity("filings_figure"),
        EnableRowSecurity("filings_versionfinding"),
        EnableRowSecurity("filings_reviewact"),
        migrations.RunSQL(SEAL, UNSEAL),
        AppendOnly("filings_figure"),
        AppendOnly("filings_versionfinding"),
        AppendOnly("filings_reviewact"),
        RequireLeaf("filings_upload"),
        RequireLeaf("filings_draft"),
        RequireLeaf("filings_version"),
        RequireLeaf("filings_reviewact"),
    ]
