/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a domain's screen and console are: domdisplay ttyconsole vncdisplay */
#include "virsh.h"

typedef struct {
    char *domain, *type;
    gboolean include_password, all;
} Args;

typedef struct {
    char *type, *uri;
} DisplayRow;

static void
display_row_free (gpointer data)
{
    DisplayRow *row = data;

    g_free (row->type);
    g_free (row->uri);
    g_free (row);
}

static const CliColumn display_columns[] = {
    { "type", N_ ("Type"), CLI_COL_STRING, offsetof (DisplayRow, type) },
    { "uri", N_ ("URI"), CLI_COL_STRING, offsetof (DisplayRow, uri) },
    { 0 },
};

/* The port, 0: none. */
static guint64
port_of (xmlNode *graphics, const char *path)
{
    g_autofree char *text = vy_xml_get (graphics, path);
    guint64 port = 0;

    return text && vy_number_parse (text, G_MAXUINT16, &port, NULL) ? port : 0;
}

/* The host that a viewer asks; an address that means all of them says nothing. */
static char *
host_of (Cli *cli, xmlNode *graphics)
{
    static const char *const everywhere[] = { "0.0.0.0", "::", NULL };
    g_autofree char *address = vy_xml_get (graphics, "listen/@address");
    virConnectPtr conn = cli_conn (cli, NULL);
    VIRSH_TEXT uri = conn ? virConnectGetURI (conn) : NULL;
    g_autoptr (GUri) parsed = NULL;

    if (!address || !*address) {
        g_free (address);
        address = vy_xml_get (graphics, "@listen");
    }
    if (address && *address && !g_strv_contains (everywhere, address))
        return strchr (address, ':') ? g_strdup_printf ("[%s]", address)
                                     : g_strdup (address);
    parsed = uri ? g_uri_parse (uri, G_URI_FLAGS_NONE, NULL) : NULL;
    if (parsed && g_uri_get_host (parsed) && *g_uri_get_host (parsed))
        return g_strdup (g_uri_get_host (parsed));
    return g_strdup ("localhost");
}

static char *
socket_of (xmlNode *graphics)
{
    g_autofree char *address = vy_xml_get (graphics, "@address");
    char *path = vy_xml_get (graphics, "@socket");

    if (!path)
        path = vy_xml_get (graphics, "listen/@socket");
    if (!path && address && g_str_has_prefix (address, "unix:path="))
        path = g_strdup (address + strlen ("unix:path="));
    return path;
}

static void
append_ports (GString *uri, const char *type, guint64 port, guint64 tls_port)
{
    gboolean spice = strcmp (type, "spice") == 0;
    guint64 shown = strcmp (type, "vnc") == 0 && port >= 5900 ? port - 5900 : port;

    if (port)
        g_string_append_printf (uri, ":%" G_GUINT64_FORMAT, shown);
    if (spice && tls_port)
        g_string_append_printf (uri, "?tls-port=%" G_GUINT64_FORMAT, tls_port);
}

/* NULL: nobody can connect to this one. */
static char *
uri_of (Cli *cli, xmlNode *graphics, const char *type, gboolean with_password)
{
    guint64 port = port_of (graphics, "@port"), tls = port_of (graphics, "@tlsPort");
    g_autofree char *path = socket_of (graphics);
    g_autofree char *host = path ? NULL : host_of (cli, graphics);
    g_autofree char *password = with_password ? vy_xml_get (graphics, "@passwd") : NULL;
    gboolean spice = strcmp (type, "spice") == 0;
    GString *uri;

    if (!path && !port && !tls)
        return NULL;
    uri = g_string_new (type);
    g_string_append (uri, path ? "+unix://" : "://");
    if (password && strcmp (type, "vnc") == 0)
        g_string_append_printf (uri, ":%s@", password);
    g_string_append (uri, path ? path : host);
    if (!path)
        append_ports (uri, type, port, tls);
    if (password && spice)
        g_string_append_printf (uri, "%spassword=%s", !path && tls ? "&" : "?", password);
    return g_string_free (uri, FALSE);
}

static const char *const types[] = { "vnc", "spice", "rdp", "dbus" };

/* One display of each type, in the order of the types. */
static GPtrArray *
find_displays (Cli *cli, xmlDoc *doc, const Args *args)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func (display_row_free);

    for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
        g_autofree char *path =
            g_strdup_printf ("devices/graphics[@type='%s']", types[i]);
        xmlNode *graphics = vy_xml_find (xmlDocGetRootElement (doc), path);
        DisplayRow *row;
        char *uri = NULL;

        if (!graphics || (args->type && strcmp (args->type, types[i]) != 0))
            continue;
        uri = uri_of (cli, graphics, types[i], args->include_password);
        if (!uri)
            continue;
        row = g_new0 (DisplayRow, 1);
        row->type = g_strdup (types[i]);
        row->uri = uri;
        g_ptr_array_add (rows, row);
        if (!args->all)
            break;
    }
    return rows;
}

static gboolean
run_domdisplay (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    g_autoptr (xmlDoc) doc = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    if (!virsh_exclusive (args->all, "all", args->type != NULL, "type", error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (virDomainIsActive (domain) != 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("Domain is not running"));
    doc = virsh_document (domain, args->include_password ? VIR_DOMAIN_XML_SECURE : 0,
                          error);
    if (!doc)
        return FALSE;
    rows = find_displays (cli, doc, args);
    if (rows->len == 0)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         args->type ? _ ("there is no graphical display of type '%s'")
                                    : _ ("there is no graphical display"),
                         args->type);
    if (cli_is_structured (cli))
        return cli_print_table (cli, display_columns, rows, error);
    for (guint i = 0; i < rows->len; i++) {
        const DisplayRow *row = g_ptr_array_index (rows, i);

        cli_print (cli, "%s%s", row->uri, args->all ? "\n" : "");
    }
    return TRUE;
}

/* ---- vncdisplay, ttyconsole: older forms of the question
 * ------------------------------------ */

static gboolean
print_place (Cli *cli, const char *key, const char *place, GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!cli_is_structured (cli)) {
        cli_print (cli, "%s\n", place);
        return TRUE;
    }
    cli_record_string (record, key, NULL, place);
    return cli_print_record (cli, record, 0, error);
}

static gboolean
run_vncdisplay (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = NULL;
    g_autofree char *address = NULL;
    g_autofree char *place = NULL;
    xmlNode *vnc;
    guint64 port;

    if (!domain)
        return FALSE;
    if (virDomainIsActive (domain) != 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("Domain is not running"));
    doc = virsh_document (domain, 0, error);
    if (!doc)
        return FALSE;
    vnc = vy_xml_find (xmlDocGetRootElement (doc), "devices/graphics[@type='vnc']");
    port = vnc ? port_of (vnc, "@port") : 0;
    if (port < 5900)
        return vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("domain '%s' has no VNC display with a port"), args->domain);
    address = vy_xml_get (vnc, "@listen");
    place = g_strdup_printf ("%s:%" G_GUINT64_FORMAT,
                             address && strcmp (address, "0.0.0.0") != 0 ? address : "",
                             port - 5900);
    return print_place (cli, "display", place, error);
}

/* No console is status 1 without words. */
static gboolean
run_ttyconsole (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = virsh_domain (cli, args->domain, error);
    g_autoptr (xmlDoc) doc = domain ? virsh_document (domain, 0, error) : NULL;
    g_autofree char *tty =
        doc ? vy_xml_get (xmlDocGetRootElement (doc), "devices/console/@tty") : NULL;

    return tty && print_place (cli, "tty", tty, error);
}

static const CliOption domain_options[] = {
    VIRSH_DOMAIN (Args, domain),
    { 0 },
};
static const CliOption display_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_FLAG (Args, include_password, "include-password", "with the password in it"),
    VIRSH_STRING (Args, type, "type", "TYPE", "vnc, spice, rdp or dbus"),
    VIRSH_FLAG (Args, all, "all", "all displays rather than the first"),
    { 0 },
};

const CliCommand virsh_domain_display_commands[] = {
    VIRSH_COMMAND ("domdisplay", N_ ("print the URI of a domain's screen"),
                   display_options, run_domdisplay),
    VIRSH_COMMAND ("ttyconsole", N_ ("print the terminal of a domain's console"),
                   domain_options, run_ttyconsole),
    VIRSH_COMMAND ("vncdisplay", N_ ("print address and number of a VNC screen"),
                   domain_options, run_vncdisplay),
    { 0 },
};
