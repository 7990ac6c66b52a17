"""Enterprises, departments, dated facts."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension

from guozi.access.rls import EnableRowSecurity
from guozi.audit.operations import RequireLeaf


class Migration(migrations.Migration):

    initial = True

    dependencies = [("audit", "0001_log")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('english_name', models.CharField(blank=True, max_length=120)),
                ('short_name', models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uscc', models.CharField(max_length=18, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('english_name', models.CharField(blank=True, max_length=200)),
                ('short_name', models.CharField(max_length=40)),
                ('level', models.CharField(choices=[('municipal', '市属企业'), ('county', '县（市、区）属企业'), ('central', '驻市央企'), ('provincial', '驻市省企'), ('invested', '部门投资企业')], max_length=12)),
                ('search_text', models.TextField()),
                ('founded', models.DateField(null=True)),
                ('direct', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='registry_enterprise_search', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('uscc__regex', '^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$')), name='registry_enterprise_uscc_form')],
            },
        ),
        migrations.CreateModel(
            name='ClassFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('level', '管理层级'), ('nature', '功能分类'), ('industry', '行业（标准值）'), ('size', '规模'), ('county', '所在县（市、区）'), ('status', '经营状态'), ('registered-type', '企业类型')], max_length=16)),
                ('value', models.CharField(max_length=60)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('enterprise', '='), ('kind', '='), ('valid', '&&'), ('known', '&&')], name='registry_class_no_overlap')],
            },
        ),
        migrations.CreateModel(
            name='LinkFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('property', '产权链'), ('consolidation', '合并范围')], max_length=16)),
                ('share', models.DecimalField(decimal_places=10, max_digits=12, null=True)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('enterprise', '='), ('kind', '='), ('valid', '&&'), ('known', '&&')], name='registry_link_no_overlap'), models.CheckConstraint(condition=models.Q(('parent', models.F('enterprise')), _negated=True), name='registry_link_not_itself'), models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='registry_link_share')],
            },
        ),
        migrations.CreateModel(
            name='NameFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=120)),
                ('english_name', models.CharField(blank=True, max_length=200)),
                ('short_name', models.CharField(max_length=40)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('enterprise', '='), ('valid', '&&'), ('known', '&&')], name='registry_name_no_overlap')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.department')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('enterprise', '='), ('valid', '&&'), ('known', '&&')], name='registry_supervision_no_overlap')],
            },
        ),
            EnableRowSecurity("registry_enterprise", "id"),
        RequireLeaf("registry_enterprise"),
        EnableRowSecurity("registry_namefact"),
        RequireLeaf("registry_namefact"),
        EnableRowSecurity("registry_classfact"),
        RequireLeaf("registry_classfact"),
        EnableRowSecurity("registry_linkfact"),
        RequireLeaf("registry_linkfact"),
        EnableRowSecurity("registry_supervisionfact"),
        RequireLeaf("registry_supervisionfact"),
        RequireLeaf("registry_department"),
    ]
