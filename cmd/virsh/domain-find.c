/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices in a domain's document: which one is meant. */
#include "virsh.h"

xmlDoc *
virsh_document (virDomainPtr domain, unsigned flags, GError **error)
{
    VIRSH_TEXT xml = virDomainGetXMLDesc (domain, flags);

    if (!xml) {
        virsh_fail (error, _ ("failed to get the domain's XML"));
        return NULL;
    }
    return vy_xml_parse_exact (xml, virDomainGetName (domain), error);
}

xmlDoc *
virsh_document_for (virDomainPtr domain, unsigned affect, GError **error)
{
    return virsh_document (
        domain, affect & VIR_DOMAIN_AFFECT_CONFIG ? VIR_DOMAIN_XML_INACTIVE : 0, error);
}

static gboolean
disk_is (xmlNode *disk, const char *name)
{
    static const char *const places[] = { "target/@dev", "source/@file", "source/@dev",
                                          "source/@dir", "source/@name" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        if (vy_xml_is (disk, places[i], name))
            return TRUE;
    return FALSE;
}

/* The images below are found by libvirt itself, in a disk that is given back to it; the
 * white space around them stays. */
static xmlNode *
without_backing (xmlNode *disk)
{
    xmlNode *backing = vy_xml_find (disk, "backingStore");

    if (backing) {
        xmlUnlinkNode (backing);
        xmlFreeNode (backing);
    }
    return disk;
}

xmlNode *
virsh_find_disk (xmlDoc *doc, const char *name, gboolean removable, GError **error)
{
    g_autoptr (GPtrArray) disks =
        vy_xml_find_all (xmlDocGetRootElement (doc), "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = g_ptr_array_index (disks, i);

        if (removable && !vy_xml_is (disk, "@device", "cdrom") &&
            !vy_xml_is (disk, "@device", "floppy"))
            continue;
        if (disk_is (disk, name))
            return without_backing (disk);
    }
    vy_throw (error, VY_ERROR_NOT_FOUND,
              removable ? _ ("no drive for media has the source or target '%s'")
                        : _ ("no disk has the source or target '%s'"),
              name);
    return NULL;
}

static gboolean
mac_parse (const char *text, guint64 bytes[6])
{
    for (guint i = 0; i < 6; i++) {
        char *end = NULL;

        if (!g_ascii_isxdigit (*text))
            return FALSE;
        bytes[i] = g_ascii_strtoull (text, &end, 16);
        if (bytes[i] > 0xff || *end != (i < 5 ? ':' : '\0'))
            return FALSE;
        text = end + 1;
    }
    return TRUE;
}

gboolean
virsh_mac_equal (const char *one, const char *other)
{
    guint64 a[6], b[6];

    return one && other && mac_parse (one, a) && mac_parse (other, b) &&
           memcmp (a, b, sizeof a) == 0;
}

/* How libvirt names a namespace of an NVMe device. */
static char *
nvme_source (xmlNode *disk)
{
    static const struct {
        const char *path;
        guint64 max;
    } parts[] = { { "source/address/@domain", G_MAXUINT32 },
                  { "source/address/@bus", 0xff },
                  { "source/address/@slot", 0x1f },
                  { "source/address/@function", 7 } };
    guint64 numbers[G_N_ELEMENTS (parts)] = { 0 };
    g_autofree char *namespace = vy_xml_get (disk, "source/@namespace");

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        g_autofree char *text = vy_xml_get (disk, parts[i].path);

        if (!text || !vy_number_parse (text, parts[i].max, &numbers[i], NULL))
            return NULL;
    }
    return g_strdup_printf ("nvme://%04x:%02x:%02x.%u/%s", (unsigned) numbers[0],
                            (unsigned) numbers[1], (unsigned) numbers[2],
                            (unsigned) numbers[3], namespace ? namespace : "");
}

char *
virsh_disk_source (xmlNode *disk)
{
    static const char *const places[] = {
        "source/@file", "source/@dev",    "source/@dir",
        "source/@name", "source/@volume", "source/@path"
    };

    if (vy_xml_is (disk, "@type", "nvme"))
        return nvme_source (disk);
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        char *value = vy_xml_get (disk, places[i]);

        if (value)
            return value;
    }
    return NULL;
}
