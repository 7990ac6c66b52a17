"""People and their roles."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from guozi.access.rls import row_security
from guozi.audit.operations import RequireLeaf

# Everybody reads their own roles; administrators everybody's; whoever grants writes them.
OWN_ROLES = (
    "(SELECT current_setting('app.accounts', true)) = 'on'"
    " OR (SELECT current_setting('app.everything', true)) = 'on'"
    " OR user_id = (SELECT NULLIF(current_setting('app.user', true), '')::bigint)"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [("audit", "0001_log")]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=40)),
                ('english_name', models.CharField(blank=True, max_length=60)),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('ER', '企业填报员'), ('EV', '企业审核人（负责人签发）'), ('SD', '主管单位经办（包保）'), ('RS', '国资经办'), ('RV', '国资复核（科室负责人）'), ('LD', '领导'), ('AU', '审计人员'), ('RM', '考核规则管理员'), ('SA', '系统管理员'), ('SE', '安全管理员'), ('LA', '审计管理员（日志）'), ('AP', '接口账号')], max_length=2)),
                ('scope', models.CharField(choices=[('own', 'own'), ('department', 'department'), ('assigned', 'assigned'), ('all', 'all'), ('task', 'task'), ('none', 'none')], max_length=10)),
                ('enterprise_id', models.BigIntegerField(null=True)),
                ('with_subsidiaries', models.BooleanField(default=False)),
                ('department_id', models.BigIntegerField(null=True)),
                ('listed_enterprises', models.JSONField(default=list)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='access_assignment_dates'), models.CheckConstraint(condition=models.Q(models.Q(('enterprise_id__isnull', False), ('scope', 'own')), models.Q(('department_id__isnull', False), ('scope', 'department')), ('scope__in', ['assigned', 'all', 'task', 'none']), _connector='OR'), name='access_assignment_scope_named'), models.CheckConstraint(condition=models.Q(models.Q(('scope', 'task'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='access_assignment_task_ends')],
            },
        ),
            migrations.RunSQL(*row_security("access_roleassignment", OWN_ROLES)),
        RequireLeaf("access_user"),
        RequireLeaf("access_roleassignment"),
    ]
