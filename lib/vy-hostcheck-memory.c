/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host check: huge pages, KSM, overcommitment and what guests were promised. */
#include "vy-hostcheck-private.h"

#include <string.h>
#include <libvirt/virterror.h>

#include "vy-i18n-private.h"
#include "vy-units.h"
#include "vy-xml.h"

#define NODES "sys/devices/system/node"

static void
look_thp (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *value =
        vy_check_read (context, "sys/kernel/mm/transparent_hugepage/enabled");
    const char *open = value ? strchr (value, '[') : NULL;
    const char *close = open ? strchr (open, ']') : NULL;
    g_autofree char *mode =
        close ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;

    if (!mode) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("the kernel has none"));
    } else if (strcmp (mode, "never") == 0) {
        vy_check_answer (check, VY_CHECK_WARN, "never");
        vy_check_fix (check, "virtyard host tune thp=madvise");
    } else {
        vy_check_answer (check, VY_CHECK_OK, "%s", mode);
    }
}

static void
add_pages (const VyCheckContext *context, const char *node, GString *text)
{
    g_autofree char *dir = g_build_filename (NODES, node, "hugepages", NULL);
    g_auto (GStrv) sizes = vy_check_list (context, dir, "hugepages-");

    for (char **size = sizes; *size; size++) {
        g_autofree char *all = g_build_filename (dir, *size, "nr_hugepages", NULL);
        g_autofree char *unused = g_build_filename (dir, *size, "free_hugepages", NULL);
        guint64 kib = g_ascii_strtoull (*size + strlen ("hugepages-"), NULL, 10);
        g_autofree char *name = vy_size_format (kib * 1024);

        g_string_append_printf (
            text, "%s%s %s: %" G_GUINT64_FORMAT " (%" G_GUINT64_FORMAT " free)",
            text->len ? "; " : "", node, name, vy_check_read_number (context, all),
            vy_check_read_number (context, unused));
    }
}

static void
look_hugepages (const VyCheckContext *context, VyCheck *check)
{
    g_auto (GStrv) nodes = vy_check_list (context, NODES, "node");
    g_autoptr (GString) text = g_string_new ("");

    for (char **node = nodes; *node; node++)
        add_pages (context, *node, text);
    if (text->len)
        vy_check_answer (check, VY_CHECK_OK, "%s", text->str);
    else
        vy_check_answer (check, VY_CHECK_SKIP, _ ("the kernel has no huge page pools"));
}

static void
look_ksm (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *run = vy_check_read (context, "sys/kernel/mm/ksm/run");
    guint64 shared = vy_check_read_number (context, "sys/kernel/mm/ksm/pages_sharing");

    if (!run)
        vy_check_answer (check, VY_CHECK_SKIP, _ ("the kernel has none"));
    else if (*run == '1')
        vy_check_answer (check, VY_CHECK_OK, _ ("on, %" G_GUINT64_FORMAT " pages shared"),
                         shared);
    else
        vy_check_answer (check, VY_CHECK_OK, _ ("off"));
}

static void
look_overcommit (const VyCheckContext *context, VyCheck *check)
{
    static const char *const modes[] = { N_ ("heuristic (0)"), N_ ("always (1)"),
                                         N_ ("never (2)") };
    g_autofree char *value = vy_check_read (context, "proc/sys/vm/overcommit_memory");
    guint64 mode = value ? g_ascii_strtoull (value, NULL, 10) : 0;

    if (!value || mode > 2) {
        vy_check_answer (check, VY_CHECK_SKIP,
                         _ ("/proc/sys/vm/overcommit_memory cannot be read"));
        return;
    }
    vy_check_answer (check, mode == 2 ? VY_CHECK_WARN : VY_CHECK_OK, "%s",
                     _ (modes[mode]));
    if (mode == 2)
        vy_check_fix (check, "virtyard host tune overcommit=0");
}

/* The KiB promised to running guests, in all, and to those bound to one node. */
static guint64
promised_kib (virConnectPtr conn, const char *node)
{
    virDomainPtr *domains = NULL;
    int n = virConnectListAllDomains (conn, &domains, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    guint64 kib = 0;

    for (int i = 0; i < n; i++) {
        char *text = virDomainGetXMLDesc (domains[i], 0);
        g_autoptr (xmlDoc) doc = text ? vy_xml_parse (text, "domain", NULL) : NULL;
        g_autofree char *memory =
            doc ? vy_xml_get (xmlDocGetRootElement (doc), "memory") : NULL;
        gboolean counts =
            memory && (!node || vy_xml_is (xmlDocGetRootElement (doc),
                                           "numatune/memory/@nodeset", node));

        if (counts)
            kib += g_ascii_strtoull (memory, NULL, 10);
        free (text);
        virDomainFree (domains[i]);
    }
    free (domains);
    return kib;
}

static guint64
node_total_kib (const VyCheckContext *context, const char *node)
{
    g_autofree char *path = g_build_filename (NODES, node, "meminfo", NULL);
    g_autofree char *text = vy_check_read (context, path);
    const char *total = text ? strstr (text, "MemTotal:") : NULL;

    return total ? g_ascii_strtoull (total + strlen ("MemTotal:"), NULL, 10) : 0;
}

static void
look_promised (const VyCheckContext *context, VyCheck *check)
{
    virNodeInfo info;
    g_auto (GStrv) nodes = vy_check_list (context, NODES, "node");
    guint64 promised = promised_kib (context->conn, NULL);
    g_autoptr (GString) text = g_string_new ("");
    gboolean over;

    if (virNodeGetInfo (context->conn, &info) < 0) {
        vy_check_answer (check, VY_CHECK_SKIP, "%s", virGetLastErrorMessage ());
        return;
    }
    over = promised > info.memory;
    g_string_printf (text, _ ("guests: %" G_GUINT64_FORMAT " of %lu MiB"),
                     promised / 1024, info.memory / 1024);
    for (char **node = nodes; *node && nodes[1]; node++) {
        guint64 bound = promised_kib (context->conn, *node + strlen ("node"));
        guint64 total = node_total_kib (context, *node);

        over |= bound > total;
        g_string_append_printf (
            text, _ ("; %s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " MiB"), *node,
            bound / 1024, total / 1024);
    }
    vy_check_answer (check, over ? VY_CHECK_WARN : VY_CHECK_OK, "%s", text->str);
    if (over)
        vy_check_fix (check,
                      _ ("give running guests less memory: virsh setmem DOMAIN SIZE"));
}

const VyCheckRow vy_checks_memory[] = {
    { "thp", "memory", look_thp },
    { "hugepages", "memory", look_hugepages },
    { "ksm", "memory", look_ksm },
    { "overcommit", "memory", look_overcommit },
    { "promised", "memory", look_promised, TRUE },
    { 0 },
};
