/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host check: the libvirt daemons, the default network and pool, the storage path. */
#include "vy-hostcheck-private.h"

#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-xml.h"

static const char *const modular[] = { "virtqemud", "virtnetworkd", "virtstoraged",
                                       "virtnodedevd", "virtsecretd" };

static void
look_daemon (const VyCheckContext *context, VyCheck *check)
{
    gboolean monolithic = vy_check_exists (context, "run/libvirt/libvirt-sock");
    g_autoptr (GString) up = g_string_new (monolithic ? "libvirtd" : "");
    g_autoptr (GString) down = g_string_new ("");

    for (gsize i = 0; i < G_N_ELEMENTS (modular); i++) {
        g_autofree char *path = g_strdup_printf ("run/libvirt/%s-sock", modular[i]);
        GString *list = vy_check_exists (context, path) ? up : down;

        g_string_append_printf (list, "%s%s", list->len ? ", " : "", modular[i]);
    }
    if (up->len == 0) {
        vy_check_answer (
            check, VY_CHECK_FAIL,
            _ ("neither libvirtd nor virtqemud has a socket in /run/libvirt"));
        vy_check_fix (check, "virtyard host prepare packages services");
    } else if (!monolithic && down->len) {
        vy_check_answer (check, VY_CHECK_WARN, _ ("%s; without a socket: %s"), up->str,
                         down->str);
        vy_check_fix (check, "virtyard host prepare services");
    } else {
        vy_check_answer (check, VY_CHECK_OK, "%s", up->str);
    }
}

static void
answer_object (VyCheck *check, int active, int autostart, const char *step)
{
    if (active == 1 && autostart == 1) {
        vy_check_answer (check, VY_CHECK_OK, _ ("active, started at boot"));
        return;
    }
    vy_check_answer (check, active == 1 ? VY_CHECK_WARN : VY_CHECK_FAIL,
                     active == 1 ? _ ("active, but not started at boot")
                                 : _ ("defined, but not active"));
    vy_check_fix (check, "virtyard host prepare %s", step);
}

static void
look_network (const VyCheckContext *context, VyCheck *check)
{
    virNetworkPtr network = virNetworkLookupByName (context->conn, "default");
    int autostart = 0;

    if (!network) {
        vy_check_answer (check, VY_CHECK_WARN, _ ("there is no network 'default'"));
        vy_check_fix (check, "virtyard host prepare network");
        return;
    }
    virNetworkGetAutostart (network, &autostart);
    answer_object (check, virNetworkIsActive (network), autostart, "network");
    virNetworkFree (network);
}

static void
look_pool (const VyCheckContext *context, VyCheck *check)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName (context->conn, "default");
    int autostart = 0;

    if (!pool) {
        vy_check_answer (check, VY_CHECK_WARN, _ ("there is no storage pool 'default'"));
        vy_check_fix (check, "virtyard host prepare pool");
        return;
    }
    virStoragePoolGetAutostart (pool, &autostart);
    answer_object (check, virStoragePoolIsActive (pool), autostart, "pool");
    virStoragePoolFree (pool);
}

static char *
pool_path (virConnectPtr conn)
{
    virStoragePoolPtr pool = conn ? virStoragePoolLookupByName (conn, "default") : NULL;
    char *text = pool ? virStoragePoolGetXMLDesc (pool, 0) : NULL;
    g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "pool", NULL) : NULL;
    char *path = doc ? vy_xml_get (xmlDocGetRootElement (doc), "target/path") : NULL;

    free (text);
    if (pool)
        virStoragePoolFree (pool);
    return path ? path : g_strdup ("/var/lib/libvirt/images");
}

/* The user that QEMU runs as: Debian's name, then that of Fedora and others. */
static const struct passwd *
qemu_user (void)
{
    const struct passwd *user = getpwnam ("libvirt-qemu");

    return user ? user : getpwnam ("qemu");
}

static gboolean
may_search (const struct stat *info, const struct passwd *user)
{
    if (info->st_uid == user->pw_uid)
        return (info->st_mode & S_IXUSR) != 0;
    if (info->st_gid == user->pw_gid)
        return (info->st_mode & S_IXGRP) != 0;
    return (info->st_mode & S_IXOTH) != 0;
}

/* The first directory on the way to @path that the user cannot pass, or NULL. */
static char *
blocked_at (const char *path, const struct passwd *user)
{
    g_auto (GStrv) parts = g_strsplit (path, "/", -1);
    g_autoptr (GString) at = g_string_new ("");

    for (char **part = parts + 1; part[-1] && *part; part++) {
        struct stat info;

        g_string_append_printf (at, "/%s", *part);
        if (stat (at->str, &info) < 0 ||
            (S_ISDIR (info.st_mode) && !may_search (&info, user)))
            return g_strdup (at->str);
    }
    return NULL;
}

static void
look_storage (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *path = pool_path (context->conn);
    const struct passwd *user = qemu_user ();
    g_autofree char *blocked = NULL;

    if (!context->live || !user) {
        vy_check_answer (check, VY_CHECK_SKIP,
                         context->live ? _ ("there is no user libvirt-qemu or qemu")
                                       : _ ("not the running machine"));
        return;
    }
    blocked = blocked_at (path, user);
    if (!blocked) {
        vy_check_answer (check, VY_CHECK_OK, _ ("%s reaches %s"), user->pw_name, path);
        return;
    }
    vy_check_answer (check, VY_CHECK_FAIL, _ ("%s cannot pass %s on the way to %s"),
                     user->pw_name, blocked, path);
    vy_check_fix (
        check, g_file_test (blocked, G_FILE_TEST_EXISTS) ? "chmod o+x %s" : "mkdir -p %s",
        blocked);
}

const VyCheckRow vy_checks_libvirt[] = {
    { "daemon", "libvirt", look_daemon },
    { "network", "libvirt", look_network, TRUE },
    { "pool", "libvirt", look_pool, TRUE },
    { "storage", "storage", look_storage },
    { 0 },
};
