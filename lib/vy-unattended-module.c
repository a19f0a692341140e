/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts of installers, as libosinfo makes them. */
#include <osinfo/osinfo.h>
#include <string.h>

#include "vy-i18n-private.h"
#include "vy-lsan-private.h"
#include "vy-unattended-private.h"

VY_API gboolean vy_unattended_generate (const VyUnattendedJob *job, GPtrArray *files,
                                        GString *arguments, GError **error);

typedef struct {
    const VyUnattendedJob *job;
    OsinfoOs *os;
    OsinfoMedia *media; /* of the database, if it knows the image */
    OsinfoTree *tree;   /* of the database, if it knows the tree */
    OsinfoInstallConfig *config;
} Sources;

static void
clear_sources (Sources *sources)
{
    g_clear_object (&sources->os);
    g_clear_object (&sources->media);
    g_clear_object (&sources->tree);
    g_clear_object (&sources->config);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, clear_sources)

/* ---- what the database knows --------------------------------------------------------
 */

static OsinfoDb *
load_database (GError **error)
{
    g_autoptr (OsinfoLoader) loader = osinfo_loader_new ();
    g_autoptr (GError) why = NULL;

    __lsan_disable ();
    osinfo_loader_process_default_path (loader, &why);
    __lsan_enable ();
    if (!why)
        return g_object_ref (osinfo_loader_get_db (loader));
    vy_throw (error, VY_ERROR_FAILED, _ ("cannot read the OS database: %s"),
              why->message);
    return NULL;
}

/* Whether what a .treeinfo says fits a tree's pattern; no pattern fits all. */
static gboolean
fits (GKeyFile *keys, const char *key, OsinfoEntity *tree)
{
    g_autofree char *param = g_strconcat ("treeinfo-", key, NULL);
    const char *pattern = osinfo_entity_get_param_value (tree, param);
    g_autofree char *value = g_key_file_get_string (keys, "general", key, NULL);

    return !pattern || !*pattern ||
           (value && g_regex_match_simple (pattern, value, 0, 0));
}

/* A tree of this architecture that fits, or one of all architectures, by the list. */
static OsinfoTree *
choose_tree (GList *trees, GKeyFile *keys, const char *arch)
{
    for (GList *l = trees; l; l = l->next) {
        if (!g_strcmp0 (osinfo_tree_get_architecture (l->data), arch) &&
            fits (keys, "family", l->data) && fits (keys, "variant", l->data) &&
            fits (keys, "version", l->data) && fits (keys, "arch", l->data))
            return g_object_ref (l->data);
    }
    return strcmp (arch, "all") ? choose_tree (trees, keys, "all") : NULL;
}

/* libosinfo's own search falls over trees that say little of themselves. */
static OsinfoTree *
find_tree (OsinfoOs *os, const VyUnattendedJob *job)
{
    g_autoptr (GKeyFile) keys = g_key_file_new ();
    g_autoptr (OsinfoTreeList) list = osinfo_os_get_tree_list (os);
    g_autoptr (GList) trees = osinfo_list_get_elements (OSINFO_LIST (list));

    if (!g_key_file_load_from_data (keys, job->treeinfo, strlen (job->treeinfo), 0, NULL))
        return NULL;
    return choose_tree (trees, keys, job->arch);
}

static void
identify (OsinfoDb *db, Sources *sources)
{
    const VyUnattendedJob *job = sources->job;

    if (job->treeinfo)
        sources->tree = find_tree (sources->os, job);
    if (job->image) {
        g_autoptr (OsinfoMedia) media = NULL;

        /* it forgets the name that it was given */
        __lsan_disable ();
        media = osinfo_media_create_from_location (job->image, NULL, NULL);
        __lsan_enable ();
        if (media && osinfo_db_identify_media (db, media))
            sources->media = g_steal_pointer (&media);
    }
}

/* ---- the configuration --------------------------------------------------------------
 */

typedef void (*SetText) (OsinfoInstallConfig *config, const gchar *text);

static OsinfoInstallConfig *
make_config (const VyUnattendedJob *job)
{
    const struct {
        SetText set;
        const char *text;
    } texts[] = {
        { osinfo_install_config_set_user_login, job->user_login },
        { osinfo_install_config_set_user_realname, job->user_login },
        { osinfo_install_config_set_user_password, job->user_password },
        { osinfo_install_config_set_admin_password, job->admin_password },
        { osinfo_install_config_set_target_disk, job->target_disk },
        { osinfo_install_config_set_hardware_arch, job->arch },
        { osinfo_install_config_set_hostname, job->hostname },
        { osinfo_install_config_set_l10n_timezone, job->timezone },
        { osinfo_install_config_set_l10n_language, job->language },
        { osinfo_install_config_set_l10n_keyboard, job->language },
        { osinfo_install_config_set_installation_url, job->url },
        { osinfo_install_config_set_reg_login, job->reg_login },
        { osinfo_install_config_set_reg_product_key, job->product_key },
    };
    OsinfoInstallConfig *config = osinfo_install_config_new ("http://virtyard/config");

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
        if (texts[i].text)
            texts[i].set (config, texts[i].text);
    }
    return config;
}

static gboolean
check_password (OsinfoInstallScript *script, const char *param, const char *password,
                const char *option, GError **error)
{
    OsinfoInstallConfigParam *row =
        osinfo_install_script_get_config_param (script, param);

    if (!row || osinfo_install_config_param_is_optional (row) || *password)
        return TRUE;
    return vy_throw (error, VY_ERROR_USAGE, _ ("this system needs --unattended %s=FILE"),
                     option);
}

/* ---- scripts ------------------------------------------------------------------------
 */

static OsinfoInstallScriptList *
list_scripts (const Sources *sources, GError **error)
{
    g_autoptr (OsinfoInstallScriptList) list = NULL;

    if (sources->media && !osinfo_media_supports_installer_script (sources->media)) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("this medium cannot install without questions"));
        return NULL;
    }
    if (sources->media)
        list = osinfo_media_get_install_script_list (sources->media);
    if (!list || osinfo_list_get_length (OSINFO_LIST (list)) == 0) {
        g_clear_object (&list);
        list = osinfo_os_get_install_script_list (sources->os);
    }
    if (osinfo_list_get_length (OSINFO_LIST (list)) > 0)
        return g_steal_pointer (&list);
    vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("%s cannot be installed without questions"),
              osinfo_product_get_name (OSINFO_PRODUCT (sources->os)));
    return NULL;
}

static int
by_text (gconstpointer one, gconstpointer other)
{
    return g_strcmp0 (*(char *const *) one, *(char *const *) other);
}

/* The names of the profiles, sorted; they belong to the scripts. */
static GPtrArray *
list_profiles (GList *scripts)
{
    GPtrArray *names = g_ptr_array_new ();

    for (GList *l = scripts; l; l = l->next) {
        const char *name = osinfo_install_script_get_profile (l->data);

        if (name && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, (gpointer) name);
    }
    g_ptr_array_sort (names, by_text);
    return names;
}

static const char *
choose_profile (GList *scripts, const char *wanted, GError **error)
{
    g_autoptr (GPtrArray) names = list_profiles (scripts);
    const char *name = wanted ? wanted : "desktop";
    g_autofree char *all = NULL;

    if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        return name;
    if (!wanted && names->len > 0)
        return names->pdata[0];
    g_ptr_array_add (names, NULL);
    all = g_strjoinv (", ", (char **) names->pdata);
    vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no profile '%s' for it, only: %s"),
              name, all);
    return NULL;
}

static char *
generate_text (const Sources *sources, OsinfoInstallScript *script, GError **why)
{
    if (sources->media)
        return osinfo_install_script_generate_for_media (script, sources->media,
                                                         sources->config, NULL, why);
    if (sources->tree)
        return osinfo_install_script_generate_for_tree (script, sources->tree,
                                                        sources->config, NULL, why);
    return osinfo_install_script_generate (script, sources->os, sources->config, NULL,
                                           why);
}

static char *
generate_arguments (const Sources *sources, OsinfoInstallScript *script)
{
    if (sources->media)
        return osinfo_install_script_generate_command_line_for_media (
            script, sources->media, sources->config);
    if (sources->tree)
        return osinfo_install_script_generate_command_line_for_tree (
            script, sources->tree, sources->config);
    return osinfo_install_script_generate_command_line (script, sources->os,
                                                        sources->config);
}

static gboolean
prepare_script (const Sources *sources, OsinfoInstallScript *script, GError **error)
{
    const VyUnattendedJob *job = sources->job;
    guint method = job->on_cdrom ? OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_CDROM
                                 : OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_INITRD;

    if (!(osinfo_install_script_get_injection_methods (script) & method))
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         job->on_cdrom
                             ? _ ("this system takes no answers from a CD-ROM: use "
                                  "--location")
                             : _ ("this system takes no answers from its initrd: use "
                                  "--cdrom"));
    osinfo_install_script_set_preferred_injection_method (script, method);
    osinfo_install_script_set_installation_source (
        script, sources->media ? OSINFO_INSTALL_SCRIPT_INSTALLATION_SOURCE_MEDIA
                               : OSINFO_INSTALL_SCRIPT_INSTALLATION_SOURCE_NETWORK);
    return check_password (script, OSINFO_INSTALL_CONFIG_PROP_USER_PASSWORD,
                           job->user_password, "user-password-file", error) &&
           check_password (script, OSINFO_INSTALL_CONFIG_PROP_ADMIN_PASSWORD,
                           job->admin_password, "admin-password-file", error);
}

static gboolean
run_script (const Sources *sources, OsinfoInstallScript *script, GPtrArray *files,
            GString *arguments, GError **error)
{
    g_autoptr (GError) why = NULL;
    g_autofree char *text = NULL;
    g_autofree char *words = NULL;

    if (!prepare_script (sources, script, error))
        return FALSE;
    text = generate_text (sources, script, &why);
    if (!text)
        return vy_throw (error, VY_ERROR_FAILED, _ ("cannot write the answers: %s"),
                         why ? why->message : _ ("unknown error"));
    g_ptr_array_add (files,
                     g_strdup (osinfo_install_script_get_expected_filename (script)));
    g_ptr_array_add (files, g_steal_pointer (&text));
    words = generate_arguments (sources, script);
    if (words && *words)
        g_string_append_printf (arguments, "%s%s", arguments->len ? " " : "",
                                g_strstrip (words));
    return TRUE;
}

gboolean
vy_unattended_generate (const VyUnattendedJob *job, GPtrArray *files, GString *arguments,
                        GError **error)
{
    g_auto (Sources) sources = { .job = job };
    g_autoptr (OsinfoDb) db = load_database (error);
    g_autoptr (OsinfoInstallScriptList) list = NULL;
    g_autoptr (GList) scripts = NULL;
    const char *profile;
    gboolean ok = TRUE;

    if (!db)
        return FALSE;
    sources.os = osinfo_db_get_os (db, job->os);
    if (!sources.os)
        return vy_throw (error, VY_ERROR_NOT_FOUND, _ ("unknown system '%s'"), job->os);
    g_object_ref (sources.os);
    identify (db, &sources);
    list = list_scripts (&sources, error);
    scripts = list ? osinfo_list_get_elements (OSINFO_LIST (list)) : NULL;
    profile = scripts ? choose_profile (scripts, job->profile, error) : NULL;
    if (!profile)
        return FALSE;
    sources.config = make_config (job);
    for (GList *l = scripts; ok && l; l = l->next) {
        if (!g_strcmp0 (osinfo_install_script_get_profile (l->data), profile))
            ok = run_script (&sources, l->data, files, arguments, error);
    }
    return ok;
}
