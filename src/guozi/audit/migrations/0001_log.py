"""The log's tables, its empty head, its triggers."""

from django.db import migrations, models

from guozi.audit.operations import AppendOnly

FUNCTIONS = """
CREATE FUNCTION guozi_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % only grows', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;

CREATE FUNCTION guozi_require_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The head names the transaction that appended last: ours, if this change was recorded.
    IF (SELECT last_transaction FROM audit_head WHERE id = 1)
       IS DISTINCT FROM (pg_current_xact_id()::text)::bigint THEN
        RAISE EXCEPTION 'a change of % was not recorded in the log', TG_TABLE_NAME
            USING ERRCODE = 'raise_exception';
    END IF;
    RETURN NULL;
END $$;
"""

# A leaf is read by who may see its enterprise, by who did it, and by the log administrator. It may
# be written about anything.
POLICIES = """
ALTER TABLE audit_leaf ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_leaf FORCE ROW LEVEL SECURITY;
CREATE POLICY read_leaf ON audit_leaf FOR SELECT USING (
    (SELECT current_setting('app.log', true)) = 'on'
    OR (SELECT current_setting('app.everything', true)) = 'on'
    OR actor_id = (SELECT NULLIF(current_setting('app.user', true), '')::bigint)
    OR enterprise_id = ANY ((SELECT COALESCE(NULLIF(current_setting('app.orgs', true), ''), '{}')::bigint[])::bigint[])
);
CREATE POLICY write_leaf ON audit_leaf FOR INSERT WITH CHECK (true);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION guozi_require_leaf(); DROP FUNCTION guozi_refuse_change();"
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("content", models.TextField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("sm3", models.BinaryField(max_length=32)),
                ("payload", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=60)),
                ("action", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=60)),
                ("enterprise_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("request_id", models.CharField(blank=True, max_length=36)),
                ("transaction_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="audit_leaf_subject"),
                    models.Index(fields=["-at"], name="audit_leaf_at"),
                    models.Index(fields=["enterprise_id", "-index"], name="audit_leaf_enterprise"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("sm3", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("sha256", models.BinaryField()),
                ("sm3", models.BinaryField()),
                ("last_transaction", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_only_one"),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)), name="audit_head_size"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(unique=True)),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO audit_head (id, size, sha256, sm3, last_transaction) VALUES (1, 0, '', '', 0)",
            "DELETE FROM audit_head",
        ),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        AppendOnly("audit_leaf"),
        AppendOnly("audit_node"),
        AppendOnly("audit_checkpoint"),
    ]
