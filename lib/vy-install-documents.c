/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The documents of an installation: while it runs, and after it. */
#include "vy-install-private.h"

/* ---- boot order ---------------------------------------------------------------------
 */

static gboolean
has_disk (xmlNode *domain)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        if (vy_xml_is (disks->pdata[i], "@device", "disk"))
            return TRUE;
    }
    return FALSE;
}

static xmlNode *
first_device (xmlNode *domain, const char *boot)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");
    const char *kind = !strcmp (boot, "hd")   ? "disk"
                       : !strcmp (boot, "fd") ? "floppy"
                                              : boot;

    if (!strcmp (boot, "network"))
        return vy_xml_find (domain, "devices/interface");
    for (guint i = 0; i < disks->len; i++) {
        if (vy_xml_is (disks->pdata[i], "@device", kind))
            return disks->pdata[i];
    }
    return NULL;
}

static gboolean
has_device_order (xmlNode *domain)
{
    xmlNode *devices = vy_xml_find (domain, "devices");

    for (xmlNode *child = devices ? devices->children : NULL; child;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE && vy_xml_has (child, "boot/@order"))
            return TRUE;
    }
    return FALSE;
}

static void
set_order (const VyFacts *facts, xmlNode *domain, const char *const *boots)
{
    guint order = 1;

    for (; *boots; boots++) {
        if (vy_facts_orders_devices (facts)) {
            xmlNode *device = first_device (domain, *boots);

            if (device)
                vy_xml_set_number (device, "boot/@order", order++);
        } else {
            xmlNode *boot = vy_xml_add (vy_xml_ensure (domain, "os"), "boot");

            vy_xml_set (boot, "@dev", *boots);
        }
    }
}

static gboolean
takes_order (const VyFacts *facts, xmlNode *domain)
{
    return !facts->is_container && !vy_xml_has (domain, "os/boot") &&
           !vy_xml_has (domain, "os/kernel") && !has_device_order (domain);
}

/* The device of the first disk that stays. */
static char *
kind_of_first (xmlNode *domain)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++)
        if (!vy_xml_is (disks->pdata[i], "@install", "seed"))
            return vy_xml_get (disks->pdata[i], "@device");
    return NULL;
}

/* What boots after the installation. */
static const char *
final_boot (const VyInstall *install, xmlNode *domain)
{
    g_autofree char *kind = kind_of_first (domain);

    if (install->no_install && install->method == VY_INSTALL_CDROM)
        return "cdrom";
    if (install->bootdev && strcmp (install->bootdev, "cdrom"))
        return has_disk (domain) ? "hd" : install->bootdev;
    if (!g_strcmp0 (kind, "cdrom"))
        return "cdrom";
    return !g_strcmp0 (kind, "floppy") ? "fd" : "hd";
}

static void
order_boot (const VyInstall *install, const VyFacts *facts, xmlNode *domain,
            gboolean final)
{
    const char *boots[3] = { NULL };
    guint n = 0;

    if (!takes_order (facts, domain))
        return;
    if (final)
        boots[n++] = final_boot (install, domain);
    else if (install->bootdev)
        boots[n++] = install->bootdev;
    if (n > 0 && strcmp (boots[0], "hd") && has_disk (domain))
        boots[n++] = "hd";
    set_order (facts, domain, boots);
}

/* ---- the documents ------------------------------------------------------------------
 */

/* The media goes out of the drive, unless the system installs in several parts. */
static void
eject (const VyInstall *install, const VyFacts *facts, xmlNode *domain)
{
    gboolean keep =
        install->live || (facts->os & OS_WINDOWS) || vy_guest_is_there (install->guest);
    g_autoptr (GPtrArray) disks = vy_xml_find_all (domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = disks->pdata[i];

        if (!vy_xml_is (disk, "@device", "cdrom") ||
            !(vy_xml_is (disk, "@install", "seed") ||
              (vy_xml_is (disk, "@install", "media") && !keep)))
            continue;
        vy_xml_remove (vy_xml_find (disk, "source"));
        vy_xml_remove (vy_xml_find (disk, "driver"));
        vy_xml_set (disk, "@type", "file");
    }
}

/* cloud-init looks into the SMBIOS serial for where its data are. */
static void
name_source (const VyFacts *facts, xmlNode *domain, gboolean final)
{
    g_autofree char *arch = vy_xml_get (domain, "os/type/@arch");
    gboolean has_smbios = !g_strcmp0 (arch, "x86_64") || !g_strcmp0 (arch, "i686") ||
                          !g_strcmp0 (arch, "aarch64");

    if (!has_smbios || final || !(facts->is_qemu || facts->is_test))
        return;
    vy_xml_set (domain, "os/smbios/@mode", "sysinfo");
    vy_xml_set (domain, "sysinfo/@type", "smbios");
    vy_xml_set (domain, "sysinfo/system/entry[@name='serial']", "ds=nocloud");
}

static void
set_kernel (const VyInstall *install, xmlNode *domain)
{
    if (!install->kernel)
        return;
    vy_xml_set (domain, "os/kernel", install->kernel);
    vy_xml_set (domain, "os/initrd", install->initrd);
    vy_xml_set (domain, "os/cmdline", install->kernel_args);
}

static void
raise_memory (const VyInstall *install, xmlNode *domain)
{
    static const char *const places[] = { "memory", "currentMemory" };

    for (gsize i = 0; install->raised_memory && i < G_N_ELEMENTS (places); i++)
        vy_xml_set_number (domain, places[i], install->raised_memory / 1024);
}

static void
unmark (xmlNode *domain)
{
    xmlNode *devices = vy_xml_find (domain, "devices");

    for (xmlNode *child = devices ? devices->children : NULL; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            vy_xml_set (child, "@install", NULL);
}

/* cloud-init's first boot is not measured, unless that was asked for. */
static void
drop_tpm (xmlNode *domain)
{
    xmlNode *tpm = vy_xml_find (domain, "devices/tpm");

    if (tpm && vy_xml_is (tpm, "@install", "default"))
        vy_xml_remove (tpm);
}

static xmlDoc *
copy_domain (xmlNode *domain)
{
    xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

    xmlDocSetRootElement (doc, xmlDocCopyNode (domain, doc, 1));
    return doc;
}

/* A domain that is there boots something already: not while it is installed again. */
static void
forget_boot (xmlNode *domain)
{
    g_autoptr (GPtrArray) boots = vy_xml_find_all (domain, "os/boot");
    xmlNode *devices = vy_xml_find (domain, "devices");

    for (guint i = 0; i < boots->len; i++)
        vy_xml_remove (boots->pdata[i]);
    for (xmlNode *child = devices ? devices->children : NULL; child;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            vy_xml_set (child, "boot/@order", NULL);
    }
    vy_xml_set (domain, "on_reboot", "destroy");
}

static void
prepare_new (const VyInstall *install, const VyFacts *facts, xmlNode *domain,
             gboolean final)
{
    if (!final) {
        set_kernel (install, domain);
        raise_memory (install, domain);
    }
    order_boot (install, facts, domain, final);
    if (final && install->has_phase)
        eject (install, facts, domain);
    if (!final)
        vy_xml_fill (domain, "on_reboot", "destroy");
}

/* The domain stays as it is, but for what the installation found out about it. */
static void
prepare_again (const VyInstall *install, const VyFacts *facts, xmlNode *domain,
               gboolean final)
{
    if (final) {
        eject (install, facts, domain);
        return;
    }
    forget_boot (domain);
    set_kernel (install, domain);
    raise_memory (install, domain);
    order_boot (install, facts, domain, FALSE);
}

static xmlDoc *
make_document (VyInstall *install, gboolean final, GError **error)
{
    xmlDoc *doc = copy_domain (vy_guest_get_domain (install->guest));
    xmlNode *domain = xmlDocGetRootElement (doc);
    g_auto (VyFacts) facts = { 0 };

    vy_facts_init (&facts, install->host, domain);
    if (vy_guest_is_there (install->guest))
        prepare_again (install, &facts, domain, final);
    else
        prepare_new (install, &facts, domain, final);
    if (install->seed && !final)
        drop_tpm (domain);
    if (install->seed && !vy_xml_has (domain, "os/smbios"))
        name_source (&facts, domain, final);
    unmark (domain);
    if (vy_guest_apply_changes (install->guest, domain, error))
        return doc;
    xmlFreeDoc (doc);
    return NULL;
}

gboolean
vy_install_make_documents (VyInstall *install, GError **error)
{
    if (install->has_phase) {
        install->install_doc = make_document (install, FALSE, error);
        if (!install->install_doc)
            return FALSE;
    }
    install->final_doc = make_document (install, TRUE, error);
    return install->final_doc != NULL;
}

xmlNode *
vy_install_get_domain (VyInstall *install, gboolean final)
{
    xmlDoc *doc = final ? install->final_doc : install->install_doc;

    return doc ? xmlDocGetRootElement (doc) : NULL;
}
