/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest under construction. */
#include "vy-guest.h"

#include "vy-guest-hostdev-private.h"
#include "vy-guest-os-private.h"
#include "vy-guest-storage-private.h"
#include "vy-libvirt-private.h"
#include "vy-subopt.h"
#include "vy-units.h"

static void
free_private (xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        g_clear_pointer ((GHashTable **) &child->_private, g_hash_table_unref);
    }
}

GHashTable *
vy_guest_new_extra (void)
{
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static VyGuest *
new_with_document (VyHost *host, xmlDoc *doc)
{
    VyGuest *guest = g_new0 (VyGuest, 1);

    guest->host = host;
    guest->doc = doc;
    guest->domain = xmlDocGetRootElement (doc);
    guest->extra = vy_guest_new_extra ();
    guest->checks = VY_CHECK_ALL;
    guest->changes = g_ptr_array_new_with_free_func (g_free);
    return guest;
}

VyGuest *
vy_guest_new (VyHost *host)
{
    return new_with_document (host, vy_xml_new ("domain"));
}

static virDomainPtr
find_domain (virConnectPtr conn, const char *name)
{
    virDomainPtr domain = virDomainLookupByName (conn, name);
    guint64 id;

    if (!domain && g_uuid_string_is_valid (name))
        domain = virDomainLookupByUUIDString (conn, name);
    if (!domain && vy_number_parse (name, G_MAXINT, &id, NULL))
        domain = virDomainLookupByID (conn, (int) id);
    return domain;
}

VyGuest *
vy_guest_open (VyHost *host, const char *name, GError **error)
{
    g_autoptr (virDomain) domain = find_domain (vy_host_get_conn (host), name);
    g_autofree char *text = NULL;
    xmlDoc *doc;
    VyGuest *guest;

    if (!domain) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no domain '%s'"), name);
        return NULL;
    }
    if (virDomainIsActive (domain) == 1) {
        vy_throw (error, VY_ERROR_STATE, _ ("domain '%s' is running"), name);
        return NULL;
    }
    text = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
    if (!text) {
        vy_throw_libvirt (error, _ ("cannot read domain '%s'"), name);
        return NULL;
    }
    doc = vy_xml_parse (text, _ ("domain"), error);
    if (!doc)
        return NULL;
    guest = new_with_document (host, doc);
    guest->is_there = TRUE;
    return guest;
}

void
vy_guest_free (VyGuest *guest)
{
    xmlNode *devices;

    if (!guest)
        return;
    devices = vy_xml_find (guest->domain, "devices");
    if (devices)
        free_private (devices);
    xmlFreeDoc (guest->doc);
    g_hash_table_unref (guest->extra);
    g_ptr_array_unref (guest->changes);
    g_free (guest);
}

gboolean
vy_guest_is_there (VyGuest *guest)
{
    return guest->is_there;
}

VyHost *
vy_guest_get_host (VyGuest *guest)
{
    return guest->host;
}

xmlNode *
vy_guest_get_domain (VyGuest *guest)
{
    return guest->domain;
}

/* ---- options ------------------------------------------------------------------------
 */

/* "none" keeps a device away, and the default that it would have. */
static const struct {
    const char *option;
    size_t skip; /* offset in VySkip */
} stubs[] = {
    { "network", offsetof (VySkip, network) },
    { "graphics", offsetof (VySkip, graphics) },
    { "video", offsetof (VySkip, video) },
    { "input", offsetof (VySkip, input) },
    { "console", offsetof (VySkip, console) },
    { "channel", offsetof (VySkip, channel) },
    { "sound", offsetof (VySkip, sound) },
    { "redirdev", offsetof (VySkip, redirdev) },
    { "rng", offsetof (VySkip, rng) },
    { "tpm", offsetof (VySkip, tpm) },
};

static gboolean
keep_away (VyGuest *guest, const VyDevice *device, const char *text)
{
    if (!vy_device_is_nothing (device, text))
        return FALSE;
    /* an empty text leaves the defaults, but for cards: one was named, if not well */
    for (gsize i = 0; i < G_N_ELEMENTS (stubs); i++)
        if (!strcmp (stubs[i].option, device->option) &&
            (*text || !strcmp (device->option, "network")))
            *(gboolean *) ((char *) &guest->skip + stubs[i].skip) = TRUE;
    return TRUE;
}

static void
merge_extra (VyGuest *guest, GHashTable *extra)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init (&iter, extra);
    while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_replace (guest->extra, g_strdup (key), g_strdup (value));
}

static void
note_features (VyGuest *guest, const VyDevice *device, const char *text)
{
    g_autoptr (GPtrArray) pairs = vy_subopt_split (text, device, NULL);

    for (guint i = 0; pairs && i < pairs->len; i += 2) {
        const char *value = pairs->pdata[i + 1];
        gboolean on = TRUE;

        if (value && vy_boolean_parse (value, &on, NULL))
            g_hash_table_replace (guest->extra,
                                  g_strconcat ("features.", pairs->pdata[i], NULL),
                                  g_strdup (on ? "yes" : "no"));
    }
}

/* "--boot uefi=off" */
static gboolean
refuses_uefi (const char *option, const char *text, char **rest)
{
    g_auto (GStrv) parts = g_strsplit (text, ",", -1);
    g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
    gboolean found = FALSE;

    *rest = NULL;
    if (strcmp (option, "boot"))
        return FALSE;
    for (guint i = 0; parts[i]; i++) {
        gboolean on = TRUE;

        if (g_str_has_prefix (parts[i], "uefi=") &&
            vy_boolean_parse (parts[i] + strlen ("uefi="), &on, NULL) && !on)
            found = TRUE;
        else
            g_strv_builder_add (kept, parts[i]);
    }
    if (found) {
        g_auto (GStrv) words = g_strv_builder_end (kept);

        *rest = g_strjoinv (",", words);
    }
    return found;
}

/* Names that only the host or the database can resolve. */
static gboolean
take_names (VyGuest *guest, xmlNode *node, GHashTable *extra, GError **error)
{
    const char *os = g_hash_table_lookup (extra, "metadata.os_name");
    const char *hostdev = g_hash_table_lookup (extra, "hostdev.name");
    const char *card = g_hash_table_lookup (extra, "network.hostdev");

    if (hostdev)
        return vy_hostdev_resolve (guest->host, node, hostdev, error);
    if (card)
        return vy_hostdev_resolve_card (guest->host, node, card, error);
    return !os || vy_guest_set_osinfo (guest, os, error);
}

gboolean
vy_guest_add_option (VyGuest *guest, const char *option, const char *text, GError **error)
{
    const VyDevice *device = vy_device_find (option);
    g_autoptr (GHashTable) extra = vy_guest_new_extra ();
    g_autofree char *rest = NULL;
    xmlNode *node;

    if (!device)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown option --%s"), option);
    if (!strcmp (option, "disk") || !strcmp (option, "filesystem"))
        guest->disks_said = TRUE;
    if (keep_away (guest, device, text))
        return TRUE;
    if (!strcmp (option, "xml") && !strchr (text, '='))
        return vy_throw (error, VY_ERROR_INVALID, _ ("--xml: '%s' is not XPATH=VALUE"),
                         text);
    if (!strcmp (option, "xml")) {
        g_ptr_array_add (guest->changes, g_strdup (text));
        return TRUE;
    }
    if (refuses_uefi (option, text, &rest)) {
        g_hash_table_replace (guest->extra, g_strdup ("boot.uefi"), g_strdup ("no"));
        if (!*rest)
            return TRUE;
        text = rest;
    }
    node = vy_device_add (guest->host, guest->domain, device, text, extra, error);
    if (!node)
        return FALSE;
    if (!strcmp (option, "features"))
        note_features (guest, device, text);
    if (!take_names (guest, node, extra, error))
        return FALSE;
    merge_extra (guest, extra);
    if (node != guest->domain && xmlStrEqual (node->name, BAD_CAST "disk"))
        node->_private = g_steal_pointer (&extra);
    /* this one is about those that the guest gets by itself */
    if (extra && g_hash_table_contains (extra, "controller.num_pcie_root_ports"))
        vy_xml_remove (node);
    return TRUE;
}

gboolean
vy_guest_apply_changes (VyGuest *guest, xmlNode *domain, GError **error)
{
    const VyDevice *device = vy_device_find ("xml");

    for (guint i = 0; device && i < guest->changes->len; i++) {
        VySuboptTarget target = { .device = device, .domain = domain, .node = domain };

        if (!vy_subopt_apply (&target, guest->changes->pdata[i], error))
            return FALSE;
    }
    return TRUE;
}

void
vy_guest_set_machine (VyGuest *guest, const char *os_type, const char *arch,
                      const char *domain_type, const char *machine)
{
    if (os_type)
        vy_xml_set (guest->domain, "os/type", os_type);
    if (arch)
        vy_xml_set (guest->domain, "os/type/@arch",
                    !strcmp (arch, "i386") ? "i686" : arch);
    if (domain_type)
        vy_xml_set (guest->domain, "@type", domain_type);
    if (machine)
        vy_xml_set (guest->domain, "os/type/@machine", machine);
}

gboolean
vy_guest_boots_something (VyGuest *guest)
{
    VyDriver driver = vy_host_get_driver (guest->host);

    return vy_xml_has (guest->domain, "os/boot") ||
           vy_xml_has (guest->domain, "os/kernel") ||
           vy_xml_has (guest->domain, "os/init") || driver == VY_DRIVER_LXC ||
           driver == VY_DRIVER_OPENVZ || vy_xml_is (guest->domain, "os/type", "exe");
}

/* ---- install media ------------------------------------------------------------------
 */

/* A guest that is there gets the image into the drive that it has. */
static xmlNode *
use_drive (VyGuest *guest, const char *path)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (guest->domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        if (!vy_xml_is (disks->pdata[i], "@device", "cdrom") ||
            (!path && vy_xml_has (disks->pdata[i], "source")))
            continue;
        vy_xml_remove (vy_xml_find (disks->pdata[i], "source"));
        vy_xml_set (disks->pdata[i], "@type", "file");
        vy_xml_set (disks->pdata[i], "source/@file", path);
        vy_xml_set (disks->pdata[i], "@install", "media");
        return disks->pdata[i];
    }
    return NULL;
}

static gboolean
complete_drive (VyGuest *guest, xmlNode *disk, const char *path, GError **error)
{
    if (!guest->is_there)
        return TRUE;
    if (path && !vy_storage_resolve (guest->host, guest->domain, disk, error))
        return FALSE;
    return vy_guest_device_defaults (guest->host, guest->domain, disk, error);
}

xmlNode *
vy_guest_add_media (VyGuest *guest, const char *path, GError **error)
{
    gboolean said = guest->disks_said;
    g_autofree char *text =
        path ? g_strdup_printf ("path=\"%s\",device=cdrom,readonly=on", path)
             : g_strdup ("device=cdrom,readonly=on");
    g_autoptr (GPtrArray) disks = NULL;
    xmlNode *added = guest->is_there ? use_drive (guest, path) : NULL;
    xmlNode *before = NULL;

    if (added)
        return added;
    if (!vy_guest_add_option (guest, "disk", text, error))
        return NULL;
    guest->disks_said = said;
    disks = vy_xml_find_all (guest->domain, "devices/disk");
    added = disks->pdata[disks->len - 1];
    for (guint i = 0; i + 1 < disks->len && !before; i++) {
        if (vy_xml_is (disks->pdata[i], "@device", "cdrom"))
            before = disks->pdata[i];
    }
    if (before) {
        xmlUnlinkNode (added);
        xmlAddPrevSibling (before, added);
    }
    vy_xml_set (added, "@install", "media");
    return complete_drive (guest, added, path, error) ? added : NULL;
}
