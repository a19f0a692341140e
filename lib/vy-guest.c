/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest under construction. */
#include "vy-guest.h"

#include "vy-guest-hostdev-private.h"
#include "vy-guest-os-private.h"
#include "vy-guest-storage-private.h"
#include "vy-libvirt-private.h"
#include "vy-mac-private.h"
#include "vy-subopt.h"
#include "vy-units.h"

typedef enum {
    CHECK_DISK_SIZE = 1 << 0,
    CHECK_PATH_IN_USE = 1 << 1,
    CHECK_PATH_EXISTS = 1 << 2,
    CHECK_MAC_IN_USE = 1 << 3,
    CHECK_ALL = (1 << 4) - 1,
} Checks;

struct _VyGuest {
    VyHost *host;
    xmlDoc *doc;
    xmlNode *domain;
    GHashTable *extra; /* of options of the domain itself */
    VySkip skip;
    guint checks;
    GPtrArray *changes; /* texts of --xml, for the end */
    gboolean disks_said;
    gboolean os_said;     /* something, even that it does not matter */
    gboolean os_required; /* asked to be detected */
};

static void
free_private (xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        g_clear_pointer ((GHashTable **) &child->_private, g_hash_table_unref);
    }
}

static GHashTable *
new_extra (void)
{
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

VyGuest *
vy_guest_new (VyHost *host)
{
    VyGuest *guest = g_new0 (VyGuest, 1);

    guest->host = host;
    guest->doc = vy_xml_new ("domain");
    guest->domain = xmlDocGetRootElement (guest->doc);
    guest->extra = new_extra ();
    guest->checks = CHECK_ALL;
    guest->changes = g_ptr_array_new_with_free_func (g_free);
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

/* Options that "none" keeps away, and the default that it switches off. */
static const struct {
    const char *option;
    size_t skip; /* offset in VySkip, or G_MAXSIZE */
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
    { "disk", G_MAXSIZE },
    { "controller", G_MAXSIZE },
    { "watchdog", G_MAXSIZE },
    { "filesystem", G_MAXSIZE },
    { "hostdev", G_MAXSIZE },
    { "smartcard", G_MAXSIZE },
    { "panic", G_MAXSIZE },
    { "parallel", G_MAXSIZE },
    { "memdev", G_MAXSIZE },
    { "shmem", G_MAXSIZE },
    { "vsock", G_MAXSIZE },
    { "iommu", G_MAXSIZE },
    { "audio", G_MAXSIZE },
};

static gboolean
keep_away (VyGuest *guest, const char *option, const char *text)
{
    if (strcmp (text, "none"))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (stubs); i++) {
        if (strcmp (stubs[i].option, option))
            continue;
        if (stubs[i].skip != G_MAXSIZE)
            *(gboolean *) ((char *) &guest->skip + stubs[i].skip) = TRUE;
        return TRUE;
    }
    return FALSE;
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

    if (vy_xml_is (node, "@mode", "capabilities"))
        vy_xml_fill (node, "@managed", "yes");
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
    g_autoptr (GHashTable) extra = new_extra ();
    g_autofree char *rest = NULL;
    xmlNode *node;

    if (!device)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unknown option --%s"), option);
    if (!strcmp (option, "disk") || !strcmp (option, "filesystem"))
        guest->disks_said = TRUE;
    if (keep_away (guest, option, text))
        return TRUE;
    if (!strcmp (option, "xml") && !strchr (text, '='))
        return vy_throw (error, VY_ERROR_INVALID, _ ("--xml: '%s' is not XPATH=VALUE"),
                         text);
    if (!strcmp (option, "xml")) {
        g_ptr_array_add (guest->changes, g_strdup (text));
        return TRUE;
    }
    if (!strcmp (option, "cpu") && !strcmp (text, "none")) {
        g_hash_table_replace (guest->extra, g_strdup ("cpu.none"), g_strdup ("yes"));
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
    if (xmlStrEqual (node->name, BAD_CAST "controller") && !vy_xml_has (node, "@type"))
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

void
vy_guest_set_os (VyGuest *guest, const char *os_id)
{
    vy_xml_set (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id", os_id);
}

typedef struct {
    char *name;
    gboolean detect, require, has_require;
} OsChoice;

static gboolean
read_os_word (OsChoice *choice, const char *word, GError **error)
{
    const char *value = strchr (word, '=');
    g_autofree char *key = value ? g_strndup (word, (gsize) (value - word)) : NULL;
    static const char *const names[] = { "name", "short-id", "id", NULL };

    if (!value) {
        g_free (choice->name);
        choice->name = g_strdup (word);
        return TRUE;
    }
    value++;
    if (g_strv_contains (names, key)) {
        g_free (choice->name);
        choice->name = g_strdup (value);
        return TRUE;
    }
    if (!strcmp (key, "detect"))
        return vy_boolean_parse (value, &choice->detect, error);
    choice->has_require = TRUE;
    if (!strcmp (key, "require"))
        return vy_boolean_parse (value, &choice->require, error);
    return vy_throw (error, VY_ERROR_INVALID, _ ("unknown --osinfo option '%s'"), key);
}

static gboolean
is_no_os (const char *name)
{
    static const char *const names[] = { "generic", "none", "off", "auto", NULL };

    return !name || !*name || g_strv_contains (names, name);
}

gboolean
vy_guest_set_osinfo (VyGuest *guest, const char *text, GError **error)
{
    g_auto (GStrv) words = g_strsplit (text, ",", -1);
    OsChoice choice = { 0 };
    g_autofree char *name = NULL;
    g_autofree char *id = NULL;

    for (guint i = 0; words[i]; i++) {
        if (!read_os_word (&choice, words[i], error)) {
            g_free (choice.name);
            return FALSE;
        }
    }
    name = choice.name;
    guest->os_said = name != NULL || (choice.has_require && !choice.require);
    guest->os_required = !guest->os_said && choice.detect;
    if (is_no_os (name))
        return TRUE;
    id = vy_guest_os_find (name, error);
    if (!id)
        return FALSE;
    vy_guest_set_os (guest, id);
    return TRUE;
}

gboolean
vy_guest_set_check (VyGuest *guest, const char *name, gboolean on, GError **error)
{
    static const struct {
        const char *name;
        guint check;
    } checks[] = { { "disk_size", CHECK_DISK_SIZE },
                   { "path_in_use", CHECK_PATH_IN_USE },
                   { "path_exists", CHECK_PATH_EXISTS },
                   { "mac_in_use", CHECK_MAC_IN_USE },
                   { "all", CHECK_ALL } };

    for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
        if (strcmp (checks[i].name, name))
            continue;
        guest->checks =
            on ? guest->checks | checks[i].check : guest->checks & ~checks[i].check;
        return TRUE;
    }
    return vy_throw (error, VY_ERROR_INVALID, _ ("unknown check '%s'"), name);
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

/* ---- completion ---------------------------------------------------------------------
 */

static gboolean
has_domain (VyGuest *guest, const char *name)
{
    g_autoptr (virDomain) domain =
        virDomainLookupByName (vy_host_get_conn (guest->host), name);

    return domain != NULL;
}

/* "fedora36", "fedora36-2"; "vm1" where the system is not known */
static void
choose_name (VyGuest *guest)
{
    g_autofree char *id =
        vy_xml_get (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (guest->domain, "os/type/@arch");
    g_autofree char *os = id ? vy_guest_os_short_id (id) : NULL;
    const char *own = vy_host_get_arch (guest->host);
    gboolean foreign = arch && own && strcmp (arch, own);
    const char *label = foreign && g_str_has_prefix (arch, "armv") ? "arm" : arch;
    const char *unknown =
        vy_xml_is (guest->domain, "os/type", "exe") ? "container" : "vm";
    g_autofree char *base = NULL;

    if (os && g_str_has_suffix (os, "-unknown"))
        os[strlen (os) - strlen ("-unknown")] = '\0';
    base = g_strdup_printf ("%s%s%s", os ? os : unknown, foreign ? "-" : "",
                            foreign ? label : "");

    if (vy_xml_has (guest->domain, "name"))
        return;
    for (guint i = 1; i < 100000; i++) {
        g_autofree char *name = i == 1 && os    ? g_strdup (base)
                                : os || foreign ? g_strdup_printf ("%s-%u", base, i)
                                                : g_strdup_printf ("%s%u", base, i);

        if (has_domain (guest, name))
            continue;
        vy_xml_set (guest->domain, "name", name);
        return;
    }
}

/* Names of domains become names of files, and lines of logs. */
static gboolean
name_is_possible (const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '/' || g_ascii_iscntrl (*at))
            return FALSE;
    return TRUE;
}

static gboolean
check_name (VyGuest *guest, GError **error)
{
    g_autofree char *name = vy_xml_get (guest->domain, "name");
    g_autoptr (virDomain) domain =
        name ? virDomainLookupByName (vy_host_get_conn (guest->host), name) : NULL;

    if (name && !name_is_possible (name)) {
        g_autofree char *shown = g_strescape (name, NULL);

        vy_throw (error, VY_ERROR_INVALID, _ ("\"%s\" cannot be the name of a domain"),
                  shown);
        vy_error_set_hint (error, _ ("A name has no slashes and no control characters."));
        return FALSE;
    }
    if (domain)
        return vy_throw (error, VY_ERROR_EXISTS, _ ("domain '%s' exists already"), name);
    return TRUE;
}

static gboolean
check_uuid (VyGuest *guest, GError **error)
{
    g_autofree char *uuid = vy_xml_get (guest->domain, "uuid");

    if (uuid && !g_uuid_string_is_valid (uuid))
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a UUID"), uuid);
    if (!uuid) {
        g_autofree char *made = g_uuid_string_random ();

        vy_xml_set (guest->domain, "uuid", made);
    }
    return TRUE;
}

static gboolean
check_mac (VyGuest *guest, xmlNode *card, GError **error)
{
    g_autofree char *mac = vy_xml_get (card, "mac/@address");
    g_autofree char *user = mac ? vy_mac_find_user (guest->host, mac) : NULL;

    return !user || vy_throw (error, VY_ERROR_EXISTS,
                              _ ("MAC address '%s' is in use by domain '%s'"), mac, user);
}

static gboolean
check_disk (VyGuest *guest, xmlNode *disk, GError **error)
{
    static const char *const places[] = { "source/@file", "source/@dev" };
    g_autofree char *name = vy_xml_get (guest->domain, "name");

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autofree char *path = vy_xml_get (disk, places[i]);
        g_autofree char *user =
            path ? vy_storage_find_user (guest->host, disk, path, name) : NULL;

        if (!user)
            continue;
        vy_throw (error, VY_ERROR_EXISTS, _ ("disk '%s' is in use by domain '%s'"), path,
                  user);
        vy_error_set_hint (error, _ ("--check path_in_use=off goes on all the same."));
        return FALSE;
    }
    return TRUE;
}

static gboolean
resolve_disks (VyGuest *guest, GError **error)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (guest->domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = disks->pdata[i];

        if (!disk->_private)
            disk->_private = new_extra ();
        if (!(guest->checks & CHECK_DISK_SIZE))
            g_hash_table_replace (disk->_private, g_strdup ("check.disk_size"),
                                  g_strdup ("off"));
        vy_xml_fill (disk, "@device", "disk");
        if (!vy_storage_resolve (guest->host, guest->domain, disk, error))
            return FALSE;
        if ((guest->checks & CHECK_PATH_IN_USE) && vy_xml_is (disk, "@device", "disk") &&
            !check_disk (guest, disk, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
has_extra (VyGuest *guest, const char *key, const char *value)
{
    return !g_strcmp0 (g_hash_table_lookup (guest->extra, key), value);
}

/* "--features acpi=off" leaves nothing behind, and must not come back. */
static void
drop_features (VyGuest *guest)
{
    static const char *const names[] = { "acpi", "apic", "pae" };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *key = g_strconcat ("features.", names[i], NULL);
        g_autofree char *place = g_strconcat ("features/", names[i], NULL);

        if (has_extra (guest, key, "no"))
            vy_xml_set (guest->domain, place, NULL);
    }
}

/* The last disk becomes the first one. */
static gboolean
put_first (VyGuest *guest)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (guest->domain, "devices/disk");

    if (disks->len > 1) {
        xmlNode *last = disks->pdata[disks->len - 1];

        xmlUnlinkNode (last);
        xmlAddPrevSibling (disks->pdata[0], last);
    }
    return TRUE;
}

xmlNode *
vy_guest_add_media (VyGuest *guest, const char *path, GError **error)
{
    gboolean said = guest->disks_said;
    g_autofree char *text =
        path ? g_strdup_printf ("path=\"%s\",device=cdrom,readonly=on", path)
             : g_strdup ("device=cdrom,readonly=on");
    g_autoptr (GPtrArray) disks = NULL;
    xmlNode *added, *before = NULL;

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
    return added;
}

gboolean
vy_guest_knows_os (VyGuest *guest)
{
    return guest->os_said ||
           vy_xml_has (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
}

/* A guest with a known system and no word about disks gets the disk that it needs. */
static gboolean
add_default_disk (VyGuest *guest, GError **error)
{
    g_autofree char *id =
        vy_xml_get (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (guest->domain, "os/type/@arch");
    g_autofree char *text = NULL;
    guint64 n_cpus, ram, storage;

    if (guest->disks_said || vy_xml_is (guest->domain, "os/type", "exe"))
        return TRUE;
    vy_guest_os_resources (id, arch, &n_cpus, &ram, &storage);
    if (!storage)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("no disk is given: use --disk, or --disk none"));
    text = g_strdup_printf ("size=%" G_GUINT64_FORMAT, storage >> 30);
    return vy_guest_add_option (guest, "disk", text, error) && put_first (guest);
}

static int
n_root_ports (VyGuest *guest)
{
    const char *text =
        g_hash_table_lookup (guest->extra, "controller.num_pcie_root_ports");

    return text ? atoi (text) : 14;
}

static void
set_special_cpu (VyGuest *guest, const VyFacts *facts)
{
    const char *special = g_hash_table_lookup (guest->extra, "cpu.special");

    if (!special)
        return;
    if (!strcmp (special, "host") && facts->is_accelerated)
        vy_xml_set (guest->domain, "cpu/@mode", "host-passthrough");
    else if (g_str_has_prefix (special, "host")) {
        g_autofree char *model =
            vy_xml_get (vy_host_get_capabilities (guest->host), "host/cpu/model");

        vy_xml_set (guest->domain, "cpu/@mode", "custom");
        vy_xml_set (guest->domain, "cpu/@match", "exact");
        vy_xml_set (guest->domain, "cpu/model", model);
    }
}

static void
set_sizes (VyGuest *guest)
{
    g_autofree char *id =
        vy_xml_get (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
    g_autofree char *arch = vy_xml_get (guest->domain, "os/type/@arch");
    g_autofree char *memory = NULL;
    guint64 n_cpus, ram, storage;
    gboolean has_count =
        vy_xml_has (guest->domain, "vcpu") && !vy_xml_is (guest->domain, "vcpu", "");

    vy_guest_os_resources (id, arch, &n_cpus, &ram, &storage);
    if (!vy_xml_has (guest->domain, "memory") && ram)
        vy_xml_set_number (guest->domain, "memory", ram / 1024);
    if (!vy_xml_has (guest->domain, "memory") &&
        vy_xml_is (guest->domain, "os/type", "exe"))
        vy_xml_set_number (guest->domain, "memory", 1024 * 1024);
    memory = vy_xml_get (guest->domain, "memory");
    vy_xml_fill (guest->domain, "currentMemory", memory);
    if (vy_xml_has (guest->domain, "cpu/topology") && !has_count)
        return;
    if (!has_count && !vy_xml_has (guest->domain, "vcpu"))
        vy_xml_set_number (guest->domain, "vcpu", n_cpus ? n_cpus : 1);
    else if (!has_count)
        vy_xml_set_number (guest->domain, "vcpu", n_cpus ? n_cpus : 1);
}

static void
add_devices (VyGuest *guest, const VyFacts *facts)
{
    if (!guest->skip.network && !vy_facts_has_device (facts, "interface"))
        vy_facts_add (facts, "interface");
    vy_add_display (facts, &guest->skip);
}

static gboolean
complete_devices (VyGuest *guest, const VyFacts *facts, GError **error)
{
    xmlNode *child, *next;

    for (child = facts->devices->children; child; child = next) {
        next = child->next;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!vy_guest_device_defaults (guest->host, guest->domain, child, error))
            return FALSE;
        if ((guest->checks & CHECK_MAC_IN_USE) &&
            xmlStrEqual (child->name, BAD_CAST "interface") &&
            !check_mac (guest, child, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
vy_guest_complete (VyGuest *guest, GError **error)
{
    const char *uefi = g_hash_table_lookup (guest->extra, "boot.uefi");
    g_auto (VyFacts) facts = { 0 };

    if (!check_uuid (guest, error) ||
        !vy_default_machine (guest->host, guest->domain, error))
        return FALSE;
    choose_name (guest);
    if (guest->os_required && !vy_guest_knows_os (guest))
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("cannot find out which operating system it is"));
    if (!check_name (guest, error))
        return FALSE;
    set_sizes (guest);
    if (!vy_xml_has (guest->domain, "memory"))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("no memory is given: use --memory MIB"));
    if (!add_default_disk (guest, error))
        return FALSE;
    vy_facts_init (&facts, guest->host, guest->domain);
    if (!resolve_disks (guest, error) ||
        !vy_default_firmware (&facts, !g_strcmp0 (uefi, "no"), error))
        return FALSE;
    set_special_cpu (guest, &facts);
    if (!vy_default_topology (&facts, error))
        return FALSE;
    if (!has_extra (guest, "cpu.none", "yes"))
        vy_default_cpu (&facts, !has_extra (guest, "cpu.secure", "no"));
    vy_default_container (&facts);
    vy_default_smbios (&facts);
    add_devices (guest, &facts);
    vy_add_controllers (&facts, &guest->skip, 0);
    vy_add_characters (&facts, &guest->skip);
    vy_add_input (&facts, &guest->skip);
    vy_add_redirection (&facts, &guest->skip);
    vy_add_small (&facts, &guest->skip);
    if (!complete_devices (guest, &facts, error))
        return FALSE;
    vy_add_scsi_controller (&facts);
    guest->skip.usb = TRUE;
    vy_add_controllers (&facts, &guest->skip, n_root_ports (guest));
    vy_default_features (&facts);
    drop_features (guest);
    vy_default_clock (&facts);
    vy_default_pm (&facts);
    return vy_default_launch_security (&facts, error);
}

/* ---- one device ---------------------------------------------------------------------
 */

static const struct {
    const char *name;
    VyDeviceDefault set;
} device_defaults[] = {
    { "disk", vy_default_disk },
    { "interface", vy_default_interface },
    { "graphics", vy_default_graphics },
    { "video", vy_default_video },
    { "controller", vy_default_controller },
    { "input", vy_default_input },
    { "serial", vy_default_character },
    { "parallel", vy_default_character },
    { "console", vy_default_character },
    { "channel", vy_default_character },
    { "sound", vy_default_sound },
    { "tpm", vy_default_tpm },
    { "rng", vy_default_rng },
    { "filesystem", vy_default_filesystem },
    { "redirdev", vy_default_small },
    { "smartcard", vy_default_small },
    { "panic", vy_default_small },
    { "memballoon", vy_default_small },
    { "watchdog", vy_default_small },
    { "vsock", vy_default_small },
};

gboolean
vy_guest_device_defaults (VyHost *host, xmlNode *domain, xmlNode *device, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (device_defaults); i++) {
        g_auto (VyFacts) facts = { 0 };

        if (!xmlStrEqual (device->name, BAD_CAST device_defaults[i].name))
            continue;
        vy_facts_init (&facts, host, domain);
        return device_defaults[i].set (&facts, device, error);
    }
    return TRUE;
}
