/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bridges by the files of ifupdown and systemd-networkd. */
#include <fnmatch.h>
#include <net/if.h>
#include <string.h>

#include "vy-hostbridge-private.h"
#include "vy-hoststeps-private.h"
#include "vy-i18n-private.h"

static gboolean
is_here (const VyHostBridge *bridge)
{
    return !bridge->root || strcmp (bridge->root, "/") == 0;
}

static char *
below (const char *root, const char *path)
{
    return g_build_filename (root ? root : "/", path, NULL);
}

static void
add_file (VyPlan *plan, const char *path, const char *text)
{
    g_autofree char *description = g_strdup_printf (_ ("write '%s'"), path);

    vy_hoststeps_replace_text (plan, path, text, description);
}

/* ---- ifupdown -------------------------------------------------------------------------
 */

/* What makes the bridge before it gets its address; it needs iproute2 only. */
static void
append_bridge (GString *out, const char *bridge, const char *uplink, const char *mac)
{
    g_string_append_printf (
        out, "    pre-up ip link add name %s type bridge stp_state 0 || true\n", bridge);
    if (mac)
        g_string_append_printf (out, "    pre-up ip link set dev %s address %s\n", bridge,
                                mac);
    g_string_append_printf (out,
                            "    pre-up ip link set dev %s master %s up\n"
                            "    post-down ip link delete dev %s || true\n",
                            uplink, bridge, bridge);
}

/* The words behind "iface NIC" when the line begins a stanza of the card, or NULL. */
static const char *
stanza_of (const char *line, const char *uplink)
{
    const char *at = line + strspn (line, " \t");
    gsize length = strlen (uplink);

    if (!g_str_has_prefix (at, "iface") || !g_ascii_isspace (at[5]))
        return NULL;
    at += 5;
    at += strspn (at, " \t");
    if (strncmp (at, uplink, length) != 0 || !g_ascii_isspace (at[length]))
        return NULL;
    return at + length + strspn (at + length, " \t");
}

char *
vy_hostbridge_rewrite_interfaces (const char *text, const char *bridge,
                                  const char *uplink, const char *mac)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GString *out = g_string_new (NULL);
    gboolean found = FALSE;

    for (char **line = lines; *line; line++) {
        const char *rest = stanza_of (*line, uplink);

        if (rest && !found)
            g_string_append_printf (out, "iface %s inet manual\n\nauto %s\n", uplink,
                                    bridge);
        if (rest)
            g_string_append_printf (out, "iface %s %s\n", bridge, rest);
        else
            g_string_append_printf (out, "%s%s", *line, line[1] ? "\n" : "");
        if (rest && !found)
            append_bridge (out, bridge, uplink, mac);
        found |= rest != NULL;
    }
    if (found)
        return g_string_free (out, FALSE);
    g_string_free (out, TRUE);
    return NULL;
}

static gboolean
file_has_stanza (const char *path, const char *uplink)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (path, &text, NULL, NULL))
        return FALSE;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (stanza_of (*line, uplink))
            return TRUE;
    return FALSE;
}

char *
vy_hostbridge_find_ifupdown (const char *root, const char *uplink)
{
    g_autofree char *file = below (root, "etc/network/interfaces");
    g_autofree char *dir = below (root, "etc/network/interfaces.d");
    g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
    const char *name;

    if (file_has_stanza (file, uplink))
        return g_steal_pointer (&file);
    while (handle && (name = g_dir_read_name (handle))) {
        g_autofree char *path = g_build_filename (dir, name, NULL);

        if (file_has_stanza (path, uplink))
            return g_steal_pointer (&path);
    }
    return NULL;
}

gboolean
vy_hostbridge_add_ifupdown (VyPlan *plan, const VyHostBridge *bridge,
                            const VyInterface *before, GError **error)
{
    g_autofree char *path =
        vy_hostbridge_find_ifupdown (bridge->root ? bridge->root : "/", bridge->uplink);
    g_autofree char *old = NULL;
    g_autofree char *text = NULL;

    if (!path || !g_file_get_contents (path, &old, NULL, error))
        return FALSE;
    text = vy_hostbridge_rewrite_interfaces (old, bridge->bridge, bridge->uplink,
                                             before ? before->mac : NULL);
    /* the card is taken down by the old file, and undone only after it is back */
    if (is_here (bridge))
        vy_hostbridge_command (plan, WORDS ("ifdown", "--force", bridge->uplink),
                               WORDS ("ifup", "--force", bridge->uplink));
    add_file (plan, path, text);
    if (!is_here (bridge))
        return TRUE;
    vy_hostbridge_command (plan, WORDS ("ifup", bridge->uplink),
                           WORDS ("ifdown", "--force", bridge->uplink));
    vy_hostbridge_command (plan, WORDS ("ifup", bridge->bridge),
                           WORDS ("ifdown", "--force", bridge->bridge));
    return TRUE;
}

/* ---- systemd-networkd -----------------------------------------------------------------
 */

/* Whether the [Match] section of a .network file names the card. */
static gboolean
file_matches (const char *path, const char *uplink)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    gboolean in_match = FALSE;

    if (!g_file_get_contents (path, &text, NULL, NULL))
        return FALSE;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *at = g_strstrip (*line);
        g_auto (GStrv) patterns = NULL;

        if (*at == '[')
            in_match = g_str_has_prefix (at, "[Match]");
        if (!in_match || !g_str_has_prefix (at, "Name"))
            continue;
        at = strchr (at, '=');
        patterns = g_strsplit_set (at ? at + 1 : "", " \t", -1);
        for (char **pattern = patterns; *pattern; pattern++)
            if (**pattern && fnmatch (*pattern, uplink, 0) == 0)
                return TRUE;
    }
    return FALSE;
}

/* Files sort by name over all directories; the first that matches rules the card. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
    g_autofree char *one = g_path_get_basename (*(char *const *) a);
    g_autofree char *two = g_path_get_basename (*(char *const *) b);

    return strcmp (one, two);
}

static GPtrArray *
list_networkd (const char *root)
{
    static const char *const dirs[] = { "etc/systemd/network", "run/systemd/network",
                                        "usr/lib/systemd/network" };
    GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

    for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++) {
        g_autofree char *dir = below (root, dirs[i]);
        g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
        const char *name;

        while (handle && (name = g_dir_read_name (handle)))
            if (g_str_has_suffix (name, ".network"))
                g_ptr_array_add (files, g_build_filename (dir, name, NULL));
    }
    g_ptr_array_sort (files, compare_names);
    return files;
}

/* On the running host a file alone proves nothing: networkd has to know the card. */
static gboolean
networkd_runs (const char *uplink)
{
    g_autofree char *path =
        g_strdup_printf ("/run/systemd/netif/links/%u", if_nametoindex (uplink));
    g_autofree char *text = NULL;

    return g_file_get_contents (path, &text, NULL, NULL) &&
           strstr (text, "ADMIN_STATE=unmanaged") == NULL;
}

char *
vy_hostbridge_find_networkd (const char *root, const char *uplink)
{
    g_autoptr (GPtrArray) files = NULL;

    if (strcmp (root, "/") == 0 && !networkd_runs (uplink))
        return NULL;
    files = list_networkd (root);
    for (guint i = 0; i < files->len; i++)
        if (file_matches (g_ptr_array_index (files, i), uplink))
            return g_strdup (g_ptr_array_index (files, i));
    return NULL;
}

/* The old file with the bridge in its [Match] section. */
static char *
rename_match (const char *text, const char *bridge)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GString *out = g_string_new (NULL);
    gboolean in_match = FALSE;

    for (char **line = lines; *line; line++) {
        const char *at = *line + strspn (*line, " \t");

        if (*at == '[') {
            in_match = g_str_has_prefix (at, "[Match]");
            if (in_match)
                g_string_append_printf (out, "[Match]\nName=%s\n\n", bridge);
        }
        if (!in_match)
            g_string_append_printf (out, "%s%s", *line, line[1] ? "\n" : "");
    }
    return g_string_free (out, FALSE);
}

static char *
new_path (const VyHostBridge *bridge, const char *format)
{
    g_autofree char *name = g_strdup_printf (format, bridge->bridge);
    g_autofree char *path = g_build_filename ("etc/systemd/network", name, NULL);

    return below (bridge->root, path);
}

gboolean
vy_hostbridge_add_networkd (VyPlan *plan, const VyHostBridge *bridge,
                            const VyInterface *before, GError **error)
{
    g_autofree char *source =
        vy_hostbridge_find_networkd (bridge->root ? bridge->root : "/", bridge->uplink);
    /* 05: before the file that rules the card now */
    g_autofree char *netdev_path = new_path (bridge, "05-%s.netdev");
    g_autofree char *bridge_path = new_path (bridge, "05-%s.network");
    g_autofree char *port_path = new_path (bridge, "05-%s-port.network");
    g_autofree char *old = NULL;
    g_autofree char *text = NULL;
    g_autofree char *netdev = g_strdup_printf (
        "[NetDev]\nName=%s\nKind=bridge\n%s%s%s\n[Bridge]\nSTP=no\n", bridge->bridge,
        before ? "MACAddress=" : "", before ? before->mac : "", before ? "\n" : "");
    g_autofree char *port = g_strdup_printf ("[Match]\nName=%s\n\n[Network]\nBridge=%s\n",
                                             bridge->uplink, bridge->bridge);

    if (!source || !g_file_get_contents (source, &old, NULL, error))
        return FALSE;
    text = rename_match (old, bridge->bridge);
    /* undone last, when the files are gone again; a card whose bridge went away before
     * it was a port of it has failed for networkd, and needs to be told */
    if (is_here (bridge)) {
        vy_hostbridge_command (plan, NULL,
                               WORDS ("networkctl", "reconfigure", bridge->uplink));
        vy_hostbridge_command (plan, NULL, WORDS ("networkctl", "reload"));
    }
    add_file (plan, netdev_path, netdev);
    add_file (plan, bridge_path, text);
    add_file (plan, port_path, port);
    if (is_here (bridge))
        vy_hostbridge_command (plan, WORDS ("networkctl", "reload"),
                               WORDS ("ip", "link", "delete", "dev", bridge->bridge));
    return TRUE;
}
