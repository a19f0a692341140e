/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: what is shown of the guest, and the wait for its installation */
#include "install.h"

#include <gio/gio.h>
#include <libvirt/libvirt.h>
#include <unistd.h>

#include "vy-process.h"
#include "vy-xml.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomain, virDomainFree)

/* A guest that has just gone down may still seem to run. */
#define SETTLE_MS 2000

typedef enum { SHOW_NOTHING, SHOW_TEXT, SHOW_GRAPHICS } Show;

typedef struct {
    Cli *cli;
    VyInstall *install;
    virDomainPtr domain;
    const char *name;
    Show show;
    gboolean waits;     /* for the end of the installation, whatever is shown */
    gint64 deadline_us; /* monotonic; 0: none */
    GSubprocess *viewer;
} Follow;

/* ---- options ------------------------------------------------------------------------
 */

/* "--wait 5" is minutes, "--wait 90s" what it says; none, or a negative number: no limit
 */
static gboolean
parse_wait (const char *text, guint64 *timeout_ms, gboolean *is_endless, GError **error)
{
    *timeout_ms = 0;
    *is_endless = !*text || *text == '-';
    if (!*text || !strcmp (text, "-1"))
        return TRUE;
    if (*text == '-') {
        guint64 ignored;

        return vy_number_parse (text + 1, G_MAXINT, &ignored, error);
    }
    return vy_duration_parse (text, 60 * 1000, timeout_ms, error);
}

gboolean
install_check_follow (const InstallArgs *args, GError **error)
{
    static const char *const consoles[] = { "text", "graphical", "none", "default",
                                            NULL };
    guint64 timeout_ms;
    gboolean is_endless;

    if (args->autoconsole && *args->autoconsole &&
        !g_strv_contains (consoles, args->autoconsole))
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("--autoconsole is one of text, graphical and none"));
    if (args->wait && !parse_wait (args->wait, &timeout_ms, &is_endless, error)) {
        g_prefix_error (error, "--wait: ");
        return FALSE;
    }
    return TRUE;
}

/* ---- what to show -------------------------------------------------------------------
 */

/* NULL: the guest can be shown; else why it cannot, for people */
static const char *
why_no_viewer (void)
{
    g_autofree char *viewer = vy_process_find ("virt-viewer");

    if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
        return _ ("there is no display here, so its graphics are not shown");
    return viewer ? NULL
                  : _ ("virt-viewer is not installed, so its graphics are not shown");
}

static Show
choose_default (const InstallArgs *args, xmlNode *domain)
{
    g_autofree char *graphics = vy_xml_get (domain, "devices/graphics/@type");

    if (args->cloud_init || !graphics)
        return SHOW_TEXT;
    return !strcmp (graphics, "vnc") || !strcmp (graphics, "spice") ? SHOW_GRAPHICS
                                                                    : SHOW_NOTHING;
}

static Show
choose_show (Cli *cli, const InstallArgs *args, xmlNode *domain)
{
    const char *said = args->noautoconsole ? "none" : args->autoconsole;
    Show show = !g_strcmp0 (said, "none")        ? SHOW_NOTHING
                : !g_strcmp0 (said, "text")      ? SHOW_TEXT
                : !g_strcmp0 (said, "graphical") ? SHOW_GRAPHICS
                                                 : choose_default (args, domain);
    const char *why = show == SHOW_GRAPHICS ? why_no_viewer ()
                      : show == SHOW_TEXT && !isatty (STDIN_FILENO)
                          ? _ ("there is no terminal here, so its console is not shown")
                          : NULL;

    if (!why)
        return show;
    cli_warn (cli, "%s", why);
    return SHOW_NOTHING;
}

static gboolean
shows_gl (xmlNode *domain)
{
    return vy_xml_is (domain, "devices/graphics/gl/@enable", "yes") ||
           vy_xml_is (domain, "devices/graphics/listen/@type", "none");
}

static void
start_viewer (Follow *follow)
{
    g_autofree char *uri = virConnectGetURI (virDomainGetConnect (follow->domain));
    const char *argv[] = { "virt-viewer", "--connect", uri, "--wait",
                           follow->name,  NULL,        NULL };
    g_autoptr (GError) why = NULL;

    if (shows_gl (vy_install_get_domain (follow->install, TRUE)))
        argv[5] = "--attach";
    follow->viewer = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &why);
    if (!follow->viewer)
        cli_warn (follow->cli, _ ("cannot start virt-viewer: %s"), why->message);
}

/* Shows the guest; @watch: until that is closed, or the guest ends. */
static void
show_guest (Follow *follow, gboolean watch)
{
    const CliConsole console = { .deadline_us = follow->deadline_us };
    g_autoptr (GError) why = NULL;

    if (follow->show == SHOW_GRAPHICS) {
        g_clear_object (&follow->viewer);
        start_viewer (follow);
        if (follow->viewer && watch)
            g_subprocess_wait (follow->viewer, cli_cancellable (follow->cli), NULL);
    }
    if (follow->show == SHOW_TEXT && virDomainIsActive (follow->domain) == 1 &&
        !cli_console (follow->cli, follow->domain, &console, &why))
        cli_warn (follow->cli, "%s", why->message);
}

/* ---- waiting ------------------------------------------------------------------------
 */

static gboolean
is_running (Follow *follow)
{
    return virDomainIsActive (follow->domain) == 1;
}

/* Whether it goes on running after what showed it was closed. */
static gboolean
stays_up (Follow *follow)
{
    for (guint ms = 0; is_running (follow); ms += 100) {
        if (ms >= SETTLE_MS)
            return TRUE;
        g_usleep (100 * 1000);
    }
    return FALSE;
}

static gboolean
wait_for_end (Follow *follow, GError **error)
{
    guint64 left_ms = 0;

    if (follow->deadline_us) {
        gint64 left_us = follow->deadline_us - g_get_monotonic_time ();

        left_ms = (guint64) MAX (left_us / 1000, 1);
    }
    return vy_install_wait (follow->install, left_ms, cli_cancellable (follow->cli),
                            error);
}

static void
say_result (Follow *follow, const InstallArgs *args)
{
    if (is_running (follow))
        cli_say (follow->cli, _ ("Domain '%s' installed and started\n"), follow->name);
    else if (args->noreboot || args->transient)
        cli_say (follow->cli, _ ("Domain '%s' installed\n"), follow->name);
    else
        cli_say (follow->cli, _ ("Domain '%s' was stopped: it is not started again\n"),
                 follow->name);
}

static gboolean
follow_installation (Follow *follow, const InstallArgs *args, GError **error)
{
    show_guest (follow, !follow->waits);
    if (follow->show != SHOW_NOTHING && !follow->waits && stays_up (follow)) {
        cli_say (follow->cli,
                 _ ("Domain '%s' is still being installed: \"virsh console\" or "
                    "virt-viewer shows it\n"),
                 follow->name);
        return TRUE;
    }
    if (!wait_for_end (follow, error))
        return FALSE;
    say_result (follow, args);
    follow->deadline_us = 0;
    if (is_running (follow))
        show_guest (follow, TRUE);
    return TRUE;
}

static gboolean
follow_start (Follow *follow, const InstallArgs *args, GError **error)
{
    cli_say (follow->cli, _ ("Domain '%s' started\n"), follow->name);
    show_guest (follow, !follow->waits);
    return !args->wait || !follow->waits || wait_for_end (follow, error);
}

/* Whether the end is waited for even when what shows the guest is closed. */
static void
set_wait (Follow *follow, const InstallArgs *args)
{
    gboolean is_silent = args->noautoconsole || !g_strcmp0 (args->autoconsole, "none");
    guint64 timeout_ms = 0;
    gboolean is_endless = TRUE;

    if (args->wait)
        parse_wait (args->wait, &timeout_ms, &is_endless, NULL);
    follow->waits = args->wait ? is_endless || timeout_ms > 0
                               : !is_silent && follow->show == SHOW_NOTHING;
    if (args->wait && !follow->waits)
        follow->show = SHOW_NOTHING;
    if (timeout_ms)
        follow->deadline_us = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
}

gboolean
install_follow (Cli *cli, const InstallArgs *args, VyInstall *install, GError **error)
{
    xmlNode *final = vy_install_get_domain (install, TRUE);
    g_autofree char *name = vy_xml_get (final, "name");
    g_autofree char *uuid = vy_xml_get (final, "uuid");
    g_autoptr (virDomain) domain =
        virDomainLookupByUUIDString (cli_conn (cli, NULL), uuid);
    Follow follow = { .cli = cli, .install = install, .domain = domain, .name = name };
    gboolean has_phase = vy_install_has_phase (install), ok = TRUE;

    if (!domain) /* a transient one can have ended */
        return TRUE;
    if (!has_phase && virDomainIsActive (domain) == 0) {
        cli_say (cli, _ ("Domain '%s' defined\n"), name);
        return TRUE;
    }
    follow.show = choose_show (cli, args, final);
    set_wait (&follow, args);
    if (has_phase && !follow.waits && follow.show == SHOW_NOTHING)
        cli_say (cli, _ ("Domain '%s' is being installed\n"), name);
    else
        ok = has_phase ? follow_installation (&follow, args, error)
                       : follow_start (&follow, args, error);
    g_clear_object (&follow.viewer);
    return ok;
}
