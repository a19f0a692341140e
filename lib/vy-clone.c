/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Clones of domains: what makes them another machine than the original. */
#include "vy-clone-private.h"

#include <stdlib.h>
#include <string.h>

#include "vy-definition.h"
#include "vy-identity-private.h"
#include "vy-mac-private.h"

#define MOST_NAMES 100000

static void
image_free (gpointer data)
{
    CloneImage *image = data;

    g_free (image->target);
    g_free (image->source);
    g_free (image->format);
    g_free (image->path);
    g_free (image);
}

void
vy_clone_free (VyClone *clone)
{
    g_clear_pointer (&clone->doc, xmlFreeDoc);
    g_ptr_array_unref (clone->images);
    g_ptr_array_unref (clone->remarks);
    g_free (clone->original);
    g_free (clone);
}

xmlNode *
vy_clone_get_domain (VyClone *clone)
{
    return xmlDocGetRootElement (clone->doc);
}

const char *const *
vy_clone_list_remarks (VyClone *clone)
{
    return (const char *const *) clone->remarks->pdata;
}

GStrv
vy_clone_list_images (VyClone *clone)
{
    g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

    for (guint i = 0; i < clone->images->len; i++) {
        const CloneImage *image = g_ptr_array_index (clone->images, i);

        if (image->path && (image->action == CLONE_COPY || image->action == CLONE_LINK))
            g_strv_builder_add (paths, image->path);
    }
    return g_strv_builder_end (paths);
}

char *
vy_clone_free_name (VyClone *clone, const char *base, const char *separator,
                    const char *suffix, guint first, VyCloneTaken taken)
{
    for (guint i = first; i < MOST_NAMES; i++) {
        g_autofree char *number = g_strdup_printf ("%s%u", separator, i);
        g_autofree char *name = g_strconcat (base, i ? number : "", suffix, NULL);

        if (!taken (clone, name))
            return g_steal_pointer (&name);
    }
    return g_strconcat (base, suffix, NULL);
}

/* ---- the original -------------------------------------------------------------------
 */

static gboolean
check_original (virDomainPtr domain, const char *name, GError **error)
{
    int active = virDomainIsActive (domain);

    if (active < 0)
        return vy_throw_libvirt (error, _ ("cannot look at domain '%s'"), name);
    if (active == 0)
        return TRUE;
    vy_throw (error, VY_ERROR_STATE, _ ("domain '%s' runs: it cannot be cloned"), name);
    vy_error_set_hint (error, _ ("shut it down first"));
    return FALSE;
}

static gboolean
read_original (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    g_autoptr (VyDefinition) definition = NULL;
    g_autofree char *text = NULL;

    if (settings->original_xml)
        definition = vy_definition_parse (settings->original_xml, error);
    else
        definition = vy_definition_load (vy_host_get_conn (clone->host),
                                         settings->original, error);
    if (!definition)
        return FALSE;
    if (vy_definition_get_domain (definition) &&
        !check_original (vy_definition_get_domain (definition), settings->original,
                         error))
        return FALSE;
    clone->original = vy_definition_get_name (definition);
    text = vy_definition_get_xml (definition);
    clone->doc = vy_xml_parse (text, clone->original, error);
    return clone->doc != NULL;
}

/* ---- name and UUID ------------------------------------------------------------------
 */

static gboolean
is_name_taken (VyClone *clone, const char *name)
{
    g_autoptr (virDomain) domain =
        virDomainLookupByName (vy_host_get_conn (clone->host), name);

    return domain != NULL;
}

/* "web" gives "web-clone", that gives "web-clone1", and that "web-clone2". */
static char *
make_name (VyClone *clone)
{
    const char *mark = g_strrstr (clone->original, "-clone");
    const char *digits = mark ? mark + strlen ("-clone") : NULL;
    guint first = 0;
    g_autofree char *base = NULL;

    if (digits && strspn (digits, "0123456789") == strlen (digits) &&
        strlen (digits) < 6) {
        first = (guint) g_ascii_strtoull (digits, NULL, 10) + 1;
        base = g_strndup (clone->original, (gsize) (digits - clone->original));
    } else {
        base = g_strconcat (clone->original, "-clone", NULL);
    }
    return vy_clone_free_name (clone, base, "", "", first, is_name_taken);
}

static gboolean
set_name (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    g_autofree char *name =
        settings->name ? g_strdup (settings->name) : make_name (clone);

    if (*name == '\0' || strpbrk (name, "/\n"))
        return vy_throw (error, VY_ERROR_INVALID, _ ("a domain cannot be called '%s'"),
                         name);
    if (strcmp (name, clone->original) == 0 && !settings->original_xml)
        return vy_throw (error, VY_ERROR_EXISTS,
                         _ ("the clone needs another name than '%s'"), name);
    if (!settings->replace && is_name_taken (clone, name)) {
        vy_throw (error, VY_ERROR_EXISTS, _ ("there is a domain '%s' already"), name);
        vy_error_set_hint (error, _ ("--replace takes it away"));
        return FALSE;
    }
    vy_xml_set (vy_clone_get_domain (clone), "name", name);
    return TRUE;
}

static gboolean
is_uuid (const char *text)
{
    gsize digits = 0;

    for (; *text; text++)
        if (g_ascii_isxdigit (*text))
            digits++;
        else if (*text != '-')
            return FALSE;
    return digits == 32;
}

static gboolean
set_uuid (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    xmlNode *domain = vy_clone_get_domain (clone);
    g_autofree char *made = vy_identity_make_uuid (clone->host);
    g_autofree char *generation = vy_identity_make_uuid (clone->host);
    g_autofree char *name = vy_xml_get (domain, "name");
    const char *uuid = settings->uuid ? settings->uuid : made;
    g_autoptr (virDomain) other = NULL;

    if (!is_uuid (uuid))
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is not a UUID"), uuid);
    other = virDomainLookupByUUIDString (vy_host_get_conn (clone->host), uuid);
    if (other && !(settings->replace && !strcmp (virDomainGetName (other), name)))
        return vy_throw (error, VY_ERROR_EXISTS, _ ("domain '%s' has the UUID '%s'"),
                         virDomainGetName (other), uuid);
    vy_xml_set (domain, "uuid", uuid);
    if (vy_xml_has (domain, "sysinfo/system/entry[@name='uuid']"))
        vy_xml_set (domain, "sysinfo/system/entry[@name='uuid']", uuid);
    if (vy_xml_has (domain, "genid"))
        vy_xml_set (domain, "genid", generation);
    return TRUE;
}

/* ---- devices ------------------------------------------------------------------------
 */

/* The address at @number in the list; NULL: a new one. */
static const char *
mac_at (const VyCloneSettings *settings, guint number)
{
    const char *const *mac = settings->macs;

    while (mac && *mac && number--)
        mac++;
    return mac && *mac && strcmp (*mac, "RANDOM") != 0 ? *mac : NULL;
}

static gboolean
check_mac (VyClone *clone, const char *mac, GError **error)
{
    g_autofree char *user = NULL;

    if (!vy_mac_check (mac, error))
        return FALSE;
    if (!(clone->checks & VY_CLONE_CHECK_MAC_IN_USE))
        return TRUE;
    user = vy_mac_find_user (clone->host, mac);
    if (!user)
        return TRUE;
    vy_throw (error, VY_ERROR_EXISTS, _ ("MAC address '%s' is in use by domain '%s'"),
              mac, user);
    vy_error_set_hint (error, _ ("--check mac_in_use=off goes on all the same"));
    return FALSE;
}

static gboolean
change_cards (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    g_autoptr (GPtrArray) cards =
        vy_xml_find_all (vy_clone_get_domain (clone), "devices/interface");

    for (const char *const *mac = settings->macs; mac && *mac; mac++)
        if (strcmp (*mac, "RANDOM") != 0 && !check_mac (clone, *mac, error))
            return FALSE;
    for (guint i = 0; i < cards->len; i++) {
        xmlNode *card = g_ptr_array_index (cards, i);
        g_autofree char *made = vy_identity_make_mac (clone->host);
        const char *given = mac_at (settings, i);

        vy_xml_set (card, "target/@dev", NULL);
        vy_xml_set (card, "mac/@address", given ? given : made);
    }
    return TRUE;
}

/* Two guests that run at once cannot listen on one port. */
static void
change_displays (VyClone *clone)
{
    static const char *const ports[] = { "@port", "@tlsPort", "@websocket" };
    g_autoptr (GPtrArray) displays =
        vy_xml_find_all (vy_clone_get_domain (clone), "devices/graphics");

    for (guint i = 0; i < displays->len; i++) {
        xmlNode *display = g_ptr_array_index (displays, i);
        gboolean changed = FALSE;

        for (gsize j = 0; j < G_N_ELEMENTS (ports); j++) {
            g_autofree char *port = vy_xml_get (display, ports[j]);

            if (!port || g_ascii_strtoll (port, NULL, 10) <= 0)
                continue;
            vy_xml_set (display, ports[j], "-1");
            changed = TRUE;
        }
        if (!changed)
            continue;
        vy_xml_set (display, "@autoport", NULL);
        g_ptr_array_add (clone->remarks,
                         g_strdup (_ ("the display of the clone gets a port of its own "
                                      "at each start")));
    }
}

/* The sockets of agents lie in directories that have the domain's name. */
static void
change_channels (VyClone *clone)
{
    g_autoptr (GPtrArray) channels =
        vy_xml_find_all (vy_clone_get_domain (clone), "devices/channel");

    for (guint i = 0; i < channels->len; i++) {
        xmlNode *channel = g_ptr_array_index (channels, i);
        g_autofree char *name = vy_xml_get (channel, "target/@name");
        g_autofree char *path = vy_xml_get (channel, "source/@path");

        if (vy_xml_is (channel, "@type", "unix") && name && path && strstr (path, name))
            vy_xml_set (channel, "source/@path", NULL);
    }
}

/* "/log/web.log" becomes "/log/web-clone.log": each guest writes its own. */
static char *
path_of_log (VyClone *clone, const char *path)
{
    g_autofree char *dir = g_path_get_dirname (path);
    g_autofree char *base = g_path_get_basename (path);
    g_autofree char *name = vy_xml_get (vy_clone_get_domain (clone), "name");
    g_autofree char *suffix = NULL;
    g_autofree char *file = NULL;
    char *dot = strrchr (base, '.');

    suffix = g_strdup (dot ? dot : "");
    if (dot)
        *dot = '\0';
    file = strcmp (base, clone->original) == 0
               ? g_strconcat (name, suffix, NULL)
               : g_strconcat (base, "-clone", suffix, NULL);
    return g_build_filename (dir, file, NULL);
}

static void
change_logs (VyClone *clone)
{
    static const char *const places[] = { "devices/serial", "devices/console" };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autoptr (GPtrArray) ports =
            vy_xml_find_all (vy_clone_get_domain (clone), places[i]);

        for (guint j = 0; j < ports->len; j++) {
            xmlNode *port = g_ptr_array_index (ports, j);
            g_autofree char *path = vy_xml_get (port, "source/@path");
            g_autofree char *mine = path ? path_of_log (clone, path) : NULL;

            if (path && vy_xml_is (port, "@type", "file"))
                vy_xml_set (port, "source/@path", mine);
        }
    }
}

/* ---- all of it ----------------------------------------------------------------------
 */

static gboolean
check_settings (const VyCloneSettings *settings, GError **error)
{
    if (!settings->original && !settings->original_xml)
        return vy_throw (error, VY_ERROR_USAGE, _ ("which domain is to be cloned?"));
    if (!settings->auto_paths && !settings->paths && !settings->linked)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("the clone needs paths for its disks"));
    if (settings->linked && (settings->preserve || settings->reflink))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("a linked clone has overlays, which are neither there nor "
                            "copied"));
    return TRUE;
}

static gboolean
change_identity (VyClone *clone, const VyCloneSettings *settings, GError **error)
{
    xmlNode *domain = vy_clone_get_domain (clone);

    vy_xml_set (domain, "@id", NULL);
    vy_xml_set (domain, "title", NULL);
    if (!set_name (clone, settings, error) || !set_uuid (clone, settings, error) ||
        !change_cards (clone, settings, error))
        return FALSE;
    change_displays (clone);
    change_channels (clone);
    change_logs (clone);
    return TRUE;
}

VyClone *
vy_clone_new (VyHost *host, const VyCloneSettings *settings, GError **error)
{
    g_autoptr (VyClone) clone = g_new0 (VyClone, 1);

    clone->host = host;
    clone->images = g_ptr_array_new_with_free_func (image_free);
    clone->remarks = g_ptr_array_new_with_free_func (g_free);
    clone->nonsparse = settings->nonsparse;
    clone->reflink = settings->reflink;
    clone->linked = settings->linked;
    clone->replace = settings->replace;
    clone->checks = settings->checks;
    if (!check_settings (settings, error) || !read_original (clone, settings, error) ||
        !change_identity (clone, settings, error) ||
        !vy_clone_choose_images (clone, settings, error))
        return NULL;
    g_ptr_array_add (clone->remarks, NULL);
    return g_steal_pointer (&clone);
}
