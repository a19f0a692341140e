/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests: which operating system they are for. */
#include "vy-guest-os-private.h"
#include "vy-guest-private.h"
#include "vy-units.h"

void
vy_guest_set_os (VyGuest *guest, const char *os_id)
{
    vy_xml_set (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id", os_id);
}

typedef struct {
    char *name;
    gboolean detect, require, has_detect, has_require;
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
    choice->has_detect |= !strcmp (key, "detect");
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
    guest->os_said = name != NULL || (choice.has_detect && !choice.detect) ||
                     (choice.has_require && !choice.require && !choice.detect);
    guest->os_optional = choice.has_require && !choice.require;
    guest->os_required = choice.has_require && choice.require;
    if (is_no_os (name))
        return TRUE;
    id = vy_guest_os_find (name, error);
    if (!id)
        return FALSE;
    vy_guest_set_os (guest, id);
    return TRUE;
}

/* The defaults of a virtual machine are good when the system is known. */
gboolean
vy_guest_check_os (VyGuest *guest, GError **error)
{
    gboolean is_hvm = vy_xml_is (guest->domain, "os/type", "hvm");

    if (vy_xml_has (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id") ||
        guest->os_optional)
        return TRUE;
    if (!guest->os_required && (guest->os_said || !is_hvm))
        return TRUE;
    vy_throw (error, VY_ERROR_USAGE,
              _ ("no operating system is named, and none was detected"));
    vy_error_set_hint (error, _ ("--osinfo NAME names it (\"virtyard os list\"), "
                                 "--osinfo detect=on,require=off goes on without."));
    return FALSE;
}

gboolean
vy_guest_knows_os (VyGuest *guest)
{
    return guest->os_said ||
           vy_xml_has (guest->domain, "metadata/libosinfo:libosinfo/libosinfo:os/@id");
}
