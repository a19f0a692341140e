/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions before a migration: hosts, machine, processor, disks, networks, devices */
#include "vy-migration.h"

#include <gio/gio.h>
#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

#include "vy-hostcheck-private.h"
#include "vy-i18n-private.h"
#include "vy-units.h"
#include "vy-xml.h"

typedef struct {
    virDomainPtr domain;
    virConnectPtr source, target;
    xmlNode *xml; /* of the running domain */
    const VyMigrationSettings *settings;
} Context;

/* (transfer full) */
static xmlDoc *
capabilities_of (virConnectPtr conn)
{
    char *text = virConnectGetCapabilities (conn);
    xmlDoc *doc = text ? vy_xml_parse (text, _ ("capabilities"), NULL) : NULL;

    free (text);
    return doc;
}

static gboolean
is_offline (const Context *context)
{
    return (context->settings->flags & VIR_MIGRATE_OFFLINE) != 0;
}

static gboolean
copies_disks (const Context *context)
{
    return (context->settings->flags &
            (VIR_MIGRATE_NON_SHARED_DISK | VIR_MIGRATE_NON_SHARED_INC)) != 0;
}

/* ---- the hosts
 * ---------------------------------------------------------------------------- */

static void
check_host (const Context *context, VyCheck *check)
{
    g_autoptr (xmlDoc) here = capabilities_of (context->source);
    g_autoptr (xmlDoc) there = capabilities_of (context->target);
    g_autofree char *own =
        here ? vy_xml_get (xmlDocGetRootElement (here), "host/uuid") : NULL;
    g_autofree char *other =
        there ? vy_xml_get (xmlDocGetRootElement (there), "host/uuid") : NULL;

    if (!own || !other)
        vy_check_answer (check, VY_CHECK_SKIP, _ ("a host does not say its UUID"));
    else if (strcmp (own, other) == 0) {
        vy_check_answer (check, VY_CHECK_FAIL, _ ("both hosts have the UUID %s"), own);
        vy_check_fix (check, _ ("another host_uuid in libvirtd.conf of one of them, "
                                "unless they are one and the same"));
    } else
        vy_check_answer (check, VY_CHECK_OK, _ ("two hosts"));
}

static void
check_version (const Context *context, VyCheck *check)
{
    unsigned long here = 0, there = 0;

    if (virConnectGetVersion (context->source, &here) < 0 ||
        virConnectGetVersion (context->target, &there) < 0)
        vy_check_answer (check, VY_CHECK_SKIP, "%s", virGetLastErrorMessage ());
    else if (there < here)
        vy_check_answer (
            check, VY_CHECK_WARN, _ ("the hypervisor is %lu.%lu here, %lu.%lu there"),
            here / 1000000, here / 1000 % 1000, there / 1000000, there / 1000 % 1000);
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("the hypervisor there is as new"));
}

/* The name under which the source will look for the other host. */
static void
check_address (const Context *context, VyCheck *check)
{
    char *name = context->settings->uri ? NULL : virConnectGetHostname (context->target);
    g_autoptr (GResolver) resolver = g_resolver_get_default ();
    GList *found = NULL;

    if (context->settings->uri)
        vy_check_answer (check, VY_CHECK_OK, _ ("data goes to %s"),
                         context->settings->uri);
    else if (!name)
        vy_check_answer (check, VY_CHECK_SKIP, "%s", virGetLastErrorMessage ());
    else if (g_str_has_prefix (name, "localhost"))
        vy_check_answer (check, VY_CHECK_FAIL, _ ("the other host calls itself %s"),
                         name);
    else if (!(found = g_resolver_lookup_by_name (resolver, name, NULL, NULL)))
        vy_check_answer (check, VY_CHECK_WARN,
                         _ ("the other host calls itself %s, which has no address here"),
                         name);
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("data goes to %s"), name);
    if (check->state == VY_CHECK_FAIL || check->state == VY_CHECK_WARN)
        vy_check_fix (check, "--migrateuri tcp://ADDRESS");
    g_resolver_free_addresses (found);
    free (name);
}

static void
check_memory (const Context *context, VyCheck *check)
{
    unsigned long long free_bytes = virNodeGetFreeMemory (context->target);
    unsigned long need_kib = virDomainGetMaxMemory (context->domain);
    g_autofree char *has = vy_size_format (free_bytes);
    g_autofree char *needs = vy_size_format ((guint64) need_kib * 1024);

    if (!free_bytes || !need_kib || is_offline (context))
        vy_check_answer (check, VY_CHECK_SKIP, _ ("nothing to compare"));
    else if (free_bytes < (guint64) need_kib * 1024)
        vy_check_answer (check, VY_CHECK_WARN, _ ("%s needed, %s free there"), needs,
                         has);
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("%s needed, %s free there"), needs, has);
}

/* ---- the domain
 * --------------------------------------------------------------------------- */

static void
check_state (const Context *context, VyCheck *check)
{
    virDomainJobInfo job = { 0 };
    gboolean active = virDomainIsActive (context->domain) == 1;

    if (!active && !is_offline (context)) {
        vy_check_answer (check, VY_CHECK_FAIL, _ ("it does not run"));
        vy_check_fix (check, "--offline --persistent");
    } else if (active && virDomainGetJobInfo (context->domain, &job) == 0 &&
               (job.type == VIR_DOMAIN_JOB_BOUNDED ||
                job.type == VIR_DOMAIN_JOB_UNBOUNDED))
        vy_check_answer (check, VY_CHECK_FAIL, _ ("a job of it is under way"));
    else
        vy_check_answer (check, VY_CHECK_OK, active ? _ ("it runs") : _ ("shut off"));
}

static void
check_name (const Context *context, VyCheck *check)
{
    const char *name = context->settings->name ? context->settings->name
                                               : virDomainGetName (context->domain);
    unsigned char own[VIR_UUID_BUFLEN], other[VIR_UUID_BUFLEN];
    virDomainPtr there = virDomainLookupByName (context->target, name);
    gboolean same = there && virDomainGetUUID (context->domain, own) == 0 &&
                    virDomainGetUUID (there, other) == 0 &&
                    memcmp (own, other, sizeof own) == 0;

    if (!there)
        vy_check_answer (check, VY_CHECK_OK, _ ("there is no '%s' there"), name);
    else if (!same) {
        vy_check_answer (check, VY_CHECK_FAIL, _ ("there is another '%s' there"), name);
        vy_check_fix (check, "--dname NAME");
    } else if (virDomainIsActive (there) == 1)
        vy_check_answer (check, VY_CHECK_FAIL, _ ("it runs there already"));
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("it is defined there"));
    if (there)
        virDomainFree (there);
}

static void
check_machine (const Context *context, VyCheck *check)
{
    g_autofree char *type = vy_xml_get (context->xml, "@type");
    g_autofree char *arch = vy_xml_get (context->xml, "os/type/@arch");
    g_autofree char *machine = vy_xml_get (context->xml, "os/type/@machine");
    char *caps;

    if (!machine) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("its machine has no name"));
        return;
    }
    caps =
        virConnectGetDomainCapabilities (context->target, NULL, arch, machine, type, 0);
    if (caps)
        vy_check_answer (check, VY_CHECK_OK, _ ("%s is known there"), machine);
    else if (virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
        vy_check_answer (check, VY_CHECK_SKIP, "%s", virGetLastErrorMessage ());
    else
        vy_check_answer (check, VY_CHECK_FAIL, _ ("%s (%s, %s) is not known there: %s"),
                         machine, arch, type, virGetLastErrorMessage ());
    free (caps);
}

/* What a running guest sees has to be there; emulation brings its own processor. */
static void
check_processor (const Context *context, VyCheck *check)
{
    xmlNode *cpu = vy_xml_find (context->xml, "cpu");
    g_autofree char *text = cpu ? vy_xml_to_string (cpu) : NULL;
    g_autofree char *arch = vy_xml_get (context->xml, "os/type/@arch");
    g_autofree char *machine = vy_xml_get (context->xml, "os/type/@machine");
    int result;

    if (!cpu || vy_xml_is (context->xml, "@type", "qemu") || !vy_xml_has (cpu, "model")) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("it asks for no model"));
        return;
    }
    result =
        virConnectCompareHypervisorCPU (context->target, NULL, arch, machine, "kvm", text,
                                        VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE);
    if (result == VIR_CPU_COMPARE_IDENTICAL || result == VIR_CPU_COMPARE_SUPERSET)
        vy_check_answer (check, VY_CHECK_OK, _ ("the other host has all of it"));
    else if (virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
        vy_check_answer (check, VY_CHECK_SKIP, "%s", virGetLastErrorMessage ());
    else
        vy_check_answer (check, VY_CHECK_FAIL, _ ("the other host lacks some of it: %s"),
                         virGetLastErrorMessage ());
}

/* ---- what it is connected to
 * -------------------------------------------------------------- */

static gboolean
volume_is_there (virConnectPtr conn, const char *path)
{
    virStorageVolPtr volume = virStorageVolLookupByPath (conn, path);

    if (volume)
        virStorageVolFree (volume);
    return volume != NULL;
}

/* A cache of the host may hold what the other host then does not see. */
static gboolean
cache_is_safe (xmlNode *disk)
{
    g_autofree char *cache = vy_xml_get (disk, "driver/@cache");

    return vy_xml_has (disk, "readonly") || g_strcmp0 (cache, "none") == 0 ||
           g_strcmp0 (cache, "directsync") == 0;
}

static void
add_item (GString *list, const char *item)
{
    g_string_append_printf (list, "%s%s", list->len ? ", " : "", item);
}

/* Disks that are files or devices of this host, by their targets. */
static void
sort_disks (const Context *context, GString *missing, GString *cached)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (context->xml, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);
        g_autofree char *file = vy_xml_get (disk, "source/@file");
        g_autofree char *dev = vy_xml_get (disk, "source/@dev");
        g_autofree char *target = vy_xml_get (disk, "target/@dev");
        const char *path = file ? file : dev;

        if (!path)
            continue;
        if (!volume_is_there (context->target, path))
            add_item (missing, target ? target : path);
        if (!cache_is_safe (disk))
            add_item (cached, target ? target : path);
    }
}

static void
check_disks (const Context *context, VyCheck *check)
{
    g_autoptr (GString) missing = g_string_new (NULL);
    g_autoptr (GString) cached = g_string_new (NULL);

    sort_disks (context, missing, cached);
    if (missing->len) {
        vy_check_answer (check, VY_CHECK_WARN,
                         _ ("no pool of the other host has the images of %s"),
                         missing->str);
        vy_check_fix (check, copies_disks (context)
                                 ? _ ("images of the same size there")
                                 : _ ("shared storage, or --copy-storage-all"));
    } else if (cached->len && !copies_disks (context) &&
               !(context->settings->flags & VIR_MIGRATE_UNSAFE)) {
        vy_check_answer (check, VY_CHECK_WARN,
                         _ ("this host caches %s; libvirt refuses that unless the "
                            "directory is of a cluster's file system"),
                         cached->str);
        vy_check_fix (check, _ ("cache='none', or --unsafe"));
    } else
        vy_check_answer (check, VY_CHECK_OK, _ ("the other host has its images"));
}

/* "", or what keeps an interface from the network it is on */
static const char *
network_trouble (virConnectPtr conn, const char *name)
{
    virNetworkPtr network = virNetworkLookupByName (conn, name);
    const char *trouble = !network                            ? _ ("is not there")
                          : virNetworkIsActive (network) != 1 ? _ ("is not active there")
                                                              : "";

    if (network)
        virNetworkFree (network);
    return trouble;
}

static void
check_networks (const Context *context, VyCheck *check)
{
    g_autoptr (GPtrArray) sources =
        vy_xml_find_all (context->xml, "devices/interface/source");
    g_autoptr (GString) troubles = g_string_new (NULL);

    for (guint i = 0; i < sources->len; i++) {
        g_autofree char *name = vy_xml_get (g_ptr_array_index (sources, i), "@network");
        const char *trouble = name ? network_trouble (context->target, name) : "";

        if (*trouble)
            g_string_append_printf (troubles, _ ("%snetwork '%s' %s"),
                                    troubles->len ? ", " : "", name, trouble);
    }
    if (troubles->len)
        vy_check_answer (check, VY_CHECK_FAIL, "%s", troubles->str);
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("the other host has its networks"));
}

static void
check_devices (const Context *context, VyCheck *check)
{
    g_autoptr (GPtrArray) devices = vy_xml_find_all (context->xml, "devices/hostdev");

    if (devices->len && !is_offline (context))
        vy_check_answer (check, VY_CHECK_FAIL,
                         _ ("%u devices of this host are passed to it"), devices->len);
    else
        vy_check_answer (check, VY_CHECK_OK,
                         _ ("no device of this host is passed to it"));
}

/* ---- all of them
 * -------------------------------------------------------------------------- */

static const struct {
    const char *name, *group;
    void (*look) (const Context *context, VyCheck *check);
} rows[] = {
    { "host", "hosts", check_host },        { "version", "hosts", check_version },
    { "address", "hosts", check_address },  { "memory", "hosts", check_memory },
    { "state", "domain", check_state },     { "name", "domain", check_name },
    { "machine", "domain", check_machine }, { "processor", "domain", check_processor },
    { "disks", "storage", check_disks },    { "networks", "network", check_networks },
    { "devices", "domain", check_devices },
};

GPtrArray *
vy_migration_check (virDomainPtr domain, virConnectPtr target,
                    const VyMigrationSettings *settings, GError **error)
{
    char *text = virDomainGetXMLDesc (domain, 0);
    g_autoptr (xmlDoc) doc =
        text ? vy_xml_parse (text, virDomainGetName (domain), error) : NULL;
    GPtrArray *checks;

    if (!text)
        vy_throw_libvirt (error, _ ("cannot read domain '%s'"),
                          virDomainGetName (domain));
    free (text);
    if (!doc)
        return NULL;
    checks = g_ptr_array_new_with_free_func (vy_check_free);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        const Context context = { domain, virDomainGetConnect (domain), target,
                                  xmlDocGetRootElement (doc), settings };
        VyCheck *check = g_new0 (VyCheck, 1);

        check->name = rows[i].name;
        check->group = rows[i].group;
        rows[i].look (&context, check);
        g_ptr_array_add (checks, check);
    }
    return checks;
}
