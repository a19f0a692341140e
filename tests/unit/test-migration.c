/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in the way of a migration, asked of libvirt's test driver. */
#include "vy-migration.h"

#include <string.h>

static const VyCheck *
find (GPtrArray *checks, const char *name)
{
    for (guint i = 0; i < checks->len; i++) {
        const VyCheck *check = g_ptr_array_index (checks, i);

        if (strcmp (check->name, name) == 0)
            return check;
    }
    g_assert_not_reached ();
}

static void
test_one_host (void)
{
    virConnectPtr conn = virConnectOpen ("test:///default");
    virDomainPtr domain = virDomainLookupByName (conn, "test");
    const VyMigrationSettings settings = { VIR_MIGRATE_LIVE, NULL, "tcp://10.0.0.1" };
    const VyMigrationSettings renamed = { VIR_MIGRATE_LIVE, "other", NULL };
    g_autoptr (GPtrArray) checks = vy_migration_check (domain, conn, &settings, NULL);
    g_autoptr (GPtrArray) more = vy_migration_check (domain, conn, &renamed, NULL);

    g_assert_cmpint (find (checks, "state")->state, ==, VY_CHECK_OK);
    /* it runs there already */
    g_assert_cmpint (find (checks, "name")->state, ==, VY_CHECK_FAIL);
    g_assert_cmpint (find (more, "name")->state, ==, VY_CHECK_OK);
    g_assert_cmpint (find (checks, "address")->state, ==, VY_CHECK_OK);
    g_assert_cmpuint (vy_hostcheck_count (checks, VY_CHECK_FAIL), >=, 1);
    virDomainFree (domain);
    virConnectClose (conn);
}

static void
test_what_is_missing (void)
{
    static const char xml[] =
        "<domain type='test'><name>mover</name><memory>1024</memory>"
        "<os><type>hvm</type></os><devices>"
        "<disk type='file'><source file='/nowhere/a.img'/><target dev='vda'/></disk>"
        "<interface type='network'><source network='gone'/></interface>"
        "</devices></domain>";
    virConnectPtr conn = virConnectOpen ("test:///default");
    virDomainPtr domain = virDomainDefineXML (conn, xml);
    const VyMigrationSettings settings = { VIR_MIGRATE_LIVE, "moved", NULL };
    g_autoptr (GPtrArray) checks = vy_migration_check (domain, conn, &settings, NULL);

    g_assert_cmpint (find (checks, "state")->state, ==, VY_CHECK_FAIL);
    g_assert_nonnull (strstr (find (checks, "networks")->detail, "'gone'"));
    g_assert_cmpint (find (checks, "networks")->state, ==, VY_CHECK_FAIL);
    g_assert_nonnull (strstr (find (checks, "disks")->detail, "vda"));
    g_assert_nonnull (find (checks, "disks")->fix);
    virDomainUndefine (domain);
    virDomainFree (domain);
    virConnectClose (conn);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    vy_error_silence_libvirt ();
    g_test_add_func ("/migration/one-host", test_one_host);
    g_test_add_func ("/migration/what-is-missing", test_what_is_missing);
    return g_test_run ();
}
