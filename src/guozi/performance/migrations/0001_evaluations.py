"""Evaluation runs with their results, expert panels, bonus and deduction items."""

import django.db.models.deletion
import guozi.performance.exact
from django.db import migrations, models

from guozi.access.rls import row_security
from guozi.audit.operations import AppendOnly, RequireLeaf

EVERYTHING = "(SELECT current_setting('app.everything', true)) = 'on'"
ORGS = "(SELECT COALESCE(NULLIF(current_setting('app.orgs', true), ''), '{}')::bigint[])::bigint[]"
OWN = ORGS.replace("app.orgs", "app.own")

# Somebody of an enterprise has enterprises of their own: they see a run once it is published.
RUNS = f"""
    {EVERYTHING}
    OR (cardinality({ORGS}) > 0 AND (state = 'published' OR cardinality({OWN}) = 0))
"""
# A result shows with its run: the inner SELECT is under the rule above.
RESULTS = f"""
    ({EVERYTHING} OR enterprise_id = ANY ({ORGS}))
    AND run_id IN (SELECT id FROM performance_evaluationrun)
"""
# What the regulator's people entered is not for the enterprise; a published result tells it.
INPUTS = f"{EVERYTHING} OR (enterprise_id = ANY ({ORGS}) AND cardinality({OWN}) = 0)"

# A run moves once, from trial to published; everything else about it stands.
PUBLISH_ONCE = """
CREATE FUNCTION performance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'trial' OR NEW.state <> 'published'
       OR NEW.published_by_id = OLD.created_by_id
       OR to_jsonb(NEW) - 'state' - 'published_at' - 'published_by_id' - 'published_by_name'
          IS DISTINCT FROM
          to_jsonb(OLD) - 'state' - 'published_at' - 'published_by_id' - 'published_by_name' THEN
        RAISE EXCEPTION 'a run only moves from trial to published, by another person'
            USING ERRCODE = 'raise_exception';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publish_once BEFORE UPDATE OR DELETE ON performance_evaluationrun
    FOR EACH ROW EXECUTE FUNCTION performance_refuse_change();
"""
CHANGE_FREELY = """
DROP TRIGGER publish_once ON performance_evaluationrun;
DROP FUNCTION performance_refuse_change();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('filings', '0001_filings'),
        ('registry', '0001_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdjustmentItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('kind', models.CharField(choices=[('bonus', '加分'), ('deduction', '扣分')], max_length=10)),
                ('item', models.CharField(max_length=40)),
                ('points', guozi.performance.exact.ExactField()),
                ('evidence', models.TextField()),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('revokes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revoked_by', to='performance.adjustmentitem')),
            ],
        ),
        migrations.CreateModel(
            name='EvaluationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.CharField(max_length=40)),
                ('period', models.CharField(max_length=7)),
                ('standard_year', models.IntegerField()),
                ('fingerprints', models.JSONField()),
                ('state', models.CharField(choices=[('trial', '试算'), ('published', '已发布')], default='trial', max_length=10)),
                ('enterprise_count', models.IntegerField()),
                ('scored_count', models.IntegerField()),
                ('results_sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('created_by_id', models.BigIntegerField(null=True)),
                ('created_by_name', models.CharField(max_length=80)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by_id', models.BigIntegerField(null=True)),
                ('published_by_name', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'indexes': [models.Index(fields=['period', 'plan'], name='performance_run_period')],
            },
        ),
        migrations.CreateModel(
            name='PanelScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('indicator', models.CharField(max_length=40)),
                ('expert', models.CharField(max_length=60)),
                ('score', guozi.performance.exact.ExactField()),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='EvaluationResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('earlier_version_ids', models.JSONField(default=list)),
                ('industry', models.CharField(blank=True, max_length=60)),
                ('size', models.CharField(blank=True, max_length=20)),
                ('industry_found', models.CharField(blank=True, max_length=60)),
                ('size_found', models.CharField(blank=True, max_length=20)),
                ('level', models.CharField(max_length=12)),
                ('panel', models.JSONField(default=list)),
                ('adjustments', models.JSONField(default=list)),
                ('scored', models.BooleanField()),
                ('reason', models.TextField(blank=True)),
                ('english_reason', models.TextField(blank=True)),
                ('finding_count', models.IntegerField(default=0)),
                ('basic_total', guozi.performance.exact.ExactField(null=True)),
                ('corrected_total', guozi.performance.exact.ExactField(null=True)),
                ('management_total', guozi.performance.exact.ExactField(null=True)),
                ('composite', guozi.performance.exact.ExactField(null=True)),
                ('bonus', guozi.performance.exact.ExactField(null=True)),
                ('deductions', guozi.performance.exact.ExactField(null=True)),
                ('final', guozi.performance.exact.ExactField(null=True)),
                ('grade', models.CharField(blank=True, max_length=4)),
                ('group', models.CharField(blank=True, max_length=100)),
                ('rank', models.IntegerField(null=True)),
                ('group_size', models.IntegerField(null=True)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.version')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='performance.evaluationrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'enterprise'), name='performance_result_one'), models.CheckConstraint(condition=models.Q(models.Q(('final__isnull', False), ('rank__isnull', False), ('scored', True)), models.Q(('final__isnull', True), ('rank__isnull', True), ('scored', False)), _connector='OR'), name='performance_result_scored')],
            },
        ),
        migrations.RunSQL(*row_security("performance_evaluationrun", RUNS)),
        migrations.RunSQL(*row_security("performance_evaluationresult", RESULTS)),
        migrations.RunSQL(*row_security("performance_panelscore", INPUTS)),
        migrations.RunSQL(*row_security("performance_adjustmentitem", INPUTS)),
        migrations.RunSQL(PUBLISH_ONCE, CHANGE_FREELY),
        AppendOnly("performance_evaluationresult"),
        AppendOnly("performance_panelscore"),
        AppendOnly("performance_adjustmentitem"),
        RequireLeaf("performance_evaluationrun"),
        RequireLeaf("performance_panelscore"),
        RequireLeaf("performance_adjustmentitem"),
    ]
