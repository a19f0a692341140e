/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests: what may not be in use already. */
#include "vy-guest-os-private.h"
#include "vy-guest-private.h"
#include "vy-guest-storage-private.h"
#include "vy-identity-private.h"
#include "vy-libvirt-private.h"
#include "vy-mac-private.h"

gboolean
vy_guest_set_check (VyGuest *guest, const char *name, gboolean on, GError **error)
{
    static const struct {
        const char *name;
        guint check;
    } checks[] = { { "disk_size", VY_CHECK_DISK_SIZE },
                   { "path_in_use", VY_CHECK_PATH_IN_USE },
                   { "path_exists", VY_CHECK_PATH_EXISTS },
                   { "mac_in_use", VY_CHECK_MAC_IN_USE },
                   { "all", VY_CHECK_ALL } };

    for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
        if (strcmp (checks[i].name, name))
            continue;
        guest->checks =
            on ? guest->checks | checks[i].check : guest->checks & ~checks[i].check;
        return TRUE;
    }
    return vy_throw (error, VY_ERROR_INVALID, _ ("unknown check '%s'"), name);
}

static gboolean
has_domain (VyGuest *guest, const char *name)
{
    g_autoptr (virDomain) domain =
        virDomainLookupByName (vy_host_get_conn (guest->host), name);

    return domain != NULL;
}

/* "fedora36", "fedora36-2"; "vm1" where the system is not known */
void
vy_guest_choose_name (VyGuest *guest)
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
    gboolean blank = TRUE;

    for (const char *at = name; *at; at++) {
        if (*at == '/' || g_ascii_iscntrl (*at))
            return FALSE;
        blank = blank && *at == ' ';
    }
    return !blank;
}

gboolean
vy_guest_check_name (VyGuest *guest, GError **error)
{
    g_autofree char *name = vy_xml_get (guest->domain, "name");
    g_autoptr (virDomain) domain =
        name ? virDomainLookupByName (vy_host_get_conn (guest->host), name) : NULL;

    if (name && !name_is_possible (name)) {
        g_autofree char *shown = g_strescape (name, NULL);

        vy_throw (error, VY_ERROR_INVALID, _ ("\"%s\" cannot be the name of a domain"),
                  shown);
        vy_error_set_hint (error, _ ("A name has no slashes and no control "
                                     "characters, and is not blank."));
        return FALSE;
    }
    if (domain)
        return vy_throw (error, VY_ERROR_EXISTS, _ ("domain '%s' exists already"), name);
    return TRUE;
}

gboolean
vy_guest_check_uuid (VyGuest *guest, GError **error)
{
    g_autofree char *uuid = vy_xml_get (guest->domain, "uuid");

    if (uuid && !g_uuid_string_is_valid (uuid))
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a UUID"), uuid);
    if (!uuid) {
        g_autofree char *made = vy_identity_make_uuid (guest->host);

        vy_xml_set (guest->domain, "uuid", made);
    }
    return TRUE;
}

gboolean
vy_guest_check_mac (VyGuest *guest, xmlNode *card, GError **error)
{
    g_autofree char *mac = vy_xml_get (card, "mac/@address");
    g_autofree char *user = mac ? vy_mac_find_user (guest->host, mac) : NULL;

    return !user || vy_throw (error, VY_ERROR_EXISTS,
                              _ ("MAC address '%s' is in use by domain '%s'"), mac, user);
}

static gboolean
check_disk (VyGuest *guest, xmlNode *disk, GError **error)
{
    static const char *const places[] = { "source/@file", "source/@dev", "source/@dir" };
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

gboolean
vy_guest_resolve_disks (VyGuest *guest, GError **error)
{
    g_autoptr (GPtrArray) disks = vy_xml_find_all (guest->domain, "devices/disk");

    for (guint i = 0; i < disks->len; i++) {
        xmlNode *disk = disks->pdata[i];

        if (!disk->_private)
            disk->_private = vy_guest_new_extra ();
        if (!(guest->checks & VY_CHECK_DISK_SIZE))
            g_hash_table_replace (disk->_private, g_strdup ("check.disk_size"),
                                  g_strdup ("off"));
        vy_xml_fill (disk, "@device", "disk");
        if (!vy_storage_resolve (guest->host, guest->domain, disk, error))
            return FALSE;
        if ((guest->checks & VY_CHECK_PATH_IN_USE) &&
            vy_xml_is (disk, "@device", "disk") && !check_disk (guest, disk, error))
            return FALSE;
    }
    return TRUE;
}
