/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain's definition by the texts of options. */
#include "vy-edit.h"

#include <string.h>

#include "vy-cpu-security-private.h"
#include "vy-edit-private.h"
#include "vy-guest-os-private.h"
#include "vy-guest-storage-private.h"
#include "vy-i18n-private.h"
#include "vy-subopt-private.h"

/* ---- changing
 * ------------------------------------------------------------------------------ */

static GHashTable *
new_extra (void)
{
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Writes the id of a system that was named. */
static gboolean
name_system (xmlNode *domain, GHashTable *extra, GError **error)
{
    const char *name = g_hash_table_lookup (extra, "metadata.os_name");
    g_autofree char *id = name ? vy_guest_os_find (name, error) : NULL;

    if (id)
        vy_xml_set (domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id", id);
    return !name || id;
}

/* What "default" stands for here. */
static void
settle (VyHost *host, xmlNode *domain, xmlNode *node, GHashTable *extra)
{
    g_auto (VyFacts) facts = { 0 };

    vy_facts_init (&facts, host, domain);
    vy_default_settle (&facts, node);
    if (facts.is_qemu &&
        g_strcmp0 (g_hash_table_lookup (extra, "cpu.special"), "default") == 0) {
        vy_cpu_forget_model (domain);
        vy_xml_set (domain, "cpu/@mode", NULL);
        vy_default_cpu (&facts, FALSE);
    }
}

/* A disk whose volume has to be made keeps what is known of it, as long as its document
 * is there. */
static void
remember (xmlNode *disk, GHashTable *extra)
{
    GPtrArray *all = disk->doc->_private;

    if (!all)
        all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
    g_ptr_array_add (all, g_hash_table_ref (extra));
    disk->doc->_private = all;
    disk->_private = extra;
}

static gboolean
settle_disk (VyHost *host, xmlNode *domain, xmlNode *node, GHashTable *extra,
             GError **error)
{
    gboolean ok;

    if (!xmlStrEqual (node->name, BAD_CAST "disk"))
        return TRUE;
    node->_private = extra;
    ok = vy_storage_settle (host, domain, node, error);
    node->_private = NULL;
    if (ok && g_hash_table_contains (extra, "new.path"))
        remember (node, extra);
    return ok;
}

static gboolean
change (VyHost *host, xmlNode *domain, const VyDevice *device, const char *selector,
        const char *const *texts, GPtrArray *changed, GError **error)
{
    g_autoptr (GPtrArray) found = vy_edit_select (host, domain, device, selector, error);

    for (guint i = 0; found && i < found->len; i++) {
        g_autoptr (GHashTable) extra = new_extra ();
        VySuboptTarget target = { .device = device,
                                  .domain = domain,
                                  .node = g_ptr_array_index (found, i),
                                  .editing = TRUE,
                                  .extra = extra,
                                  .host = host };

        for (gsize j = 0; texts[j]; j++)
            if (!vy_device_is_nothing (device, texts[j]) &&
                !vy_subopt_apply (&target, texts[j], error))
                return FALSE;
        settle (host, domain, target.node, extra);
        if (!settle_disk (host, domain, target.node, extra, error))
            return FALSE;
        if (!name_system (domain, extra, error))
            return FALSE;
        if (changed)
            g_ptr_array_add (changed, target.node);
    }
    return found != NULL;
}

void
vy_edit_forget (xmlDoc *doc)
{
    g_clear_pointer ((GPtrArray **) &doc->_private, g_ptr_array_unref);
}

/* Fills in what a new device was not told. */
static gboolean
complete (VyHost *host, xmlNode *domain, xmlNode *node, GHashTable *extra, GError **error)
{
    if (xmlStrEqual (node->name, BAD_CAST "disk")) {
        gboolean ok;

        vy_xml_fill (node, "@device", "disk");
        node->_private = extra;
        ok = vy_storage_resolve (host, domain, node, error);
        node->_private = NULL;
        if (ok && g_hash_table_contains (extra, "new.path"))
            remember (node, extra);
        if (!ok)
            return FALSE;
    }
    return vy_guest_device_defaults (host, domain, node, error);
}

static gboolean
add (VyHost *host, xmlNode *domain, const VyDevice *device, const char *const *texts,
     GPtrArray *changed, GError **error)
{
    if (!strchr (device->element, '/') && strcmp (device->element, "seclabel") != 0 &&
        strcmp (device->element, "sysinfo") != 0)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--%s is no device that can be added"),
                         device->option);
    for (gsize i = 0; texts[i]; i++) {
        g_autoptr (GHashTable) extra = new_extra ();
        xmlNode *node;

        if (vy_device_is_nothing (device, texts[i]))
            continue;
        node = vy_device_add (host, domain, device, texts[i], extra, error);
        if (!node || !complete (host, domain, node, extra, error))
            return FALSE;
        if (changed)
            g_ptr_array_add (changed, node);
    }
    return TRUE;
}

static void
remove_all (xmlNode *domain, const char *path)
{
    g_autoptr (GPtrArray) all = vy_xml_find_all (domain, path);

    for (guint i = 0; i < all->len; i++)
        vy_xml_remove (g_ptr_array_index (all, i));
}

/* The first console is the first serial port under another name. */
static void
remove_twin (xmlNode *domain, xmlNode *serial)
{
    xmlNode *console = vy_xml_find (domain, "devices/console");

    if (vy_xml_find (domain, "devices/serial") != serial || !console)
        return;
    if (vy_xml_is (console, "target/@type", "serial") ||
        !vy_xml_has (console, "target/@type"))
        vy_xml_remove (console);
}

/* Without a SPICE display its companions have nobody to talk to. */
static void
remove_companions (xmlNode *domain)
{
    static const char *const places[] = {
        "devices/channel[@type='spicevmc']",
        "devices/redirdev[@type='spicevmc']",
        "devices/smartcard[@type='spicevmc']",
        "devices/audio[@type='spice']",
    };

    if (vy_xml_find (domain, "devices/graphics[@type='spice']"))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        remove_all (domain, places[i]);
}

static gboolean
take_out (VyHost *host, xmlNode *domain, const VyDevice *device, const char *const *texts,
          GPtrArray *changed, GError **error)
{
    gsize last = g_strv_length ((char **) texts) - 1;
    g_autoptr (GPtrArray) found = NULL;

    if (*device->element == '\0')
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--%s is no device that can be removed"), device->option);
    found = vy_edit_select (host, domain, device, texts[last], error);
    /* what is no longer in the document belongs to the list */
    if (changed)
        g_ptr_array_set_free_func (changed, (GDestroyNotify) xmlFreeNode);
    for (guint i = 0; found && i < found->len; i++) {
        xmlNode *node = g_ptr_array_index (found, i);
        gboolean is_spice = xmlStrEqual (node->name, BAD_CAST "graphics") &&
                            vy_xml_is (node, "@type", "spice");

        if (changed)
            g_ptr_array_add (changed, vy_xml_copy (node));
        if (xmlStrEqual (node->name, BAD_CAST "serial"))
            remove_twin (domain, node);
        vy_xml_remove (node);
        if (is_spice)
            remove_companions (domain);
    }
    return found != NULL;
}

gboolean
vy_edit_apply (VyHost *host, xmlNode *domain, VyEditAction action, const VyDevice *device,
               const char *selector, const char *const *texts, GPtrArray *changed,
               GError **error)
{
    switch (action) {
    case VY_EDIT_CHANGE:
        return change (host, domain, device, selector, texts, changed, error);
    case VY_EDIT_ADD:
        return add (host, domain, device, texts, changed, error);
    case VY_EDIT_REMOVE:
        return take_out (host, domain, device, texts, changed, error);
    }
    return FALSE;
}

/* ---- building
 * --------------------------------------------------------------------------------- */

/* Whether an option is about places of the domain that are no element together. */
static gboolean
is_part (const VyDevice *device)
{
    static const char *const parts[] = { "vcpus", "memory", "metadata", "events", NULL };

    return g_strv_contains (parts, device->option);
}

/* Options of the domain whose element stands for itself: --cpu gives <cpu>. */
static xmlNode *
built_element (xmlNode *domain, const VyDevice *device, xmlNode *node)
{
    if (node != domain)
        return node;
    return device->clear ? vy_xml_find (domain, device->clear) : NULL;
}

/* A domain of the host's usual kind, for devices that are for none in particular. */
static void
make_usual (VyHost *host, xmlNode *domain)
{
    VyHostGuest found;

    if (!vy_host_find_guest (host, NULL, NULL, NULL, NULL, &found, NULL))
        return;
    vy_xml_set (domain, "@type", found.domain_type);
    vy_xml_set (domain, "os/type", found.os_type);
}

/* Options that are about the domain as a whole are shown in one. */
static char *
build_guest (VyHost *host, const VyDevice *device, const char *text, GError **error)
{
    g_autoptr (VyGuest) guest = vy_guest_new (host);
    xmlNode *domain = vy_guest_get_domain (guest);

    /* it has no size of its own */
    vy_guest_add_option (guest, "memory", "1", NULL);
    vy_guest_add_option (guest, "disk", "none", NULL);
    vy_guest_add_option (guest, "network", "none", NULL);
    vy_guest_add_option (guest, "tpm", "none", NULL);
    /* nor a system */
    if (!vy_guest_set_osinfo (guest, "require=off", error))
        return NULL;
    if (!vy_guest_add_option (guest, device->option, text, error) ||
        !vy_guest_complete (guest, error))
        return NULL;
    vy_xml_set (domain, "name", NULL);
    vy_xml_set (domain, "memory", NULL);
    vy_xml_set (domain, "currentMemory", NULL);
    return vy_xml_to_string (domain);
}

gboolean
vy_edit_set_os (VyHost *host, xmlNode *domain, const char *text, GError **error)
{
    static const char place[] = "metadata/libosinfo:libosinfo/libosinfo:os/@id";
    g_autoptr (VyGuest) guest = vy_guest_new (host);
    g_autofree char *id = NULL;

    if (!vy_guest_set_osinfo (guest, text, error))
        return FALSE;
    id = vy_xml_get (vy_guest_get_domain (guest), place);
    if (id)
        vy_xml_set (domain, place, id);
    return TRUE;
}

/* What depends on the machine as a whole is left open where there is none. */
static gboolean
complete_built (VyHost *host, xmlNode *domain, const VyDevice *device, xmlNode *node,
                GHashTable *extra, gboolean alone, GError **error)
{
    if (strcmp (device->option, "launchSecurity") == 0) {
        g_auto (VyFacts) facts = { 0 };

        vy_facts_init (&facts, host, domain);
        return vy_default_launch_security (&facts, error);
    }
    if (node == domain || (alone && strcmp (device->option, "video") == 0))
        return TRUE;
    return complete (host, domain, node, extra, error);
}

/* An element by itself declares the namespaces that its domain would. */
static char *
alone_as_text (xmlNode *node)
{
    xmlNode *copy = vy_xml_copy (node);
    char *text = vy_xml_to_string (copy);

    xmlFreeNode (copy);
    return text;
}

char *
vy_edit_build (VyHost *host, xmlNode *domain, const VyDevice *device, const char *text,
               const char *osinfo, GError **error)
{
    g_autoptr (xmlDoc) doc = domain ? xmlCopyDoc (domain->doc, 1) : vy_xml_new ("domain");
    g_autoptr (GHashTable) extra = new_extra ();
    xmlNode *root = xmlDocGetRootElement (doc);
    xmlNode *node, *built;

    if (vy_device_is_nothing (device, text) && !is_part (device))
        return g_strdup ("");
    if (strcmp (device->option, "iothreads") == 0)
        return build_guest (host, device, text, error);
    if (osinfo && !vy_edit_set_os (host, root, osinfo, error))
        return NULL;
    if (!domain && *device->element)
        make_usual (host, root);
    node = vy_device_add (host, root, device, text, extra, error);
    if (!node)
        return NULL;
    if (is_part (device)) {
        vy_throw (error, VY_ERROR_USAGE, _ ("--%s is no element that stands by itself"),
                  device->option);
        return NULL;
    }
    if (node == root)
        settle (host, root, node, extra);
    if (!complete_built (host, root, device, node, extra, !domain, error))
        return NULL;
    built = built_element (root, device, node);
    vy_edit_forget (doc);
    return built ? alone_as_text (built) : g_strdup ("");
}
