/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings made of typed parameters: out of options, printed, and the commands of them */
#include "virsh.h"

void
virsh_params_clear (VirshParams *params)
{
    virTypedParamsFree (params->list, params->n);
    params->list = NULL;
    params->n = params->max = 0;
}

static int
add_row (VirshParams *params, const VirshParamRow *row, const void *field)
{
    virTypedParameterPtr *list = &params->list;

    switch (row->type) {
    case VIR_TYPED_PARAM_INT:
        return virTypedParamsAddInt (list, &params->n, &params->max, row->field,
                                     *(const int *) field);
    case VIR_TYPED_PARAM_UINT:
        return virTypedParamsAddUInt (list, &params->n, &params->max, row->field,
                                      *(const guint *) field);
    case VIR_TYPED_PARAM_ULLONG:
        return virTypedParamsAddULLong (list, &params->n, &params->max, row->field,
                                        *(const guint64 *) field);
    default:
        return virTypedParamsAddString (list, &params->n, &params->max, row->field,
                                        *(char *const *) field);
    }
}

gboolean
virsh_params_add (Cli *cli, VirshParams *params, const VirshParamRow *rows, gsize n,
                  gconstpointer args, GError **error)
{
    for (gsize i = 0; i < n; i++)
        if (cli_has (cli, rows[i].option) &&
            add_row (params, &rows[i], (const char *) args + rows[i].offset) < 0)
            return virsh_fail (error, "%s", "");
    return TRUE;
}

gboolean
virsh_params_print (Cli *cli, const VirshParams *params, VirshParamPrint print, int width,
                    GError **error)
{
    g_autoptr (CliRecord) record = cli_record_new ();

    for (int i = 0; i < params->n; i++) {
        const virTypedParameter *param = &params->list[i];
        g_autofree char *label = g_strdup_printf ("%-*s", width, param->field);

        if (print)
            print (record, label, param);
        else
            virsh_record_param (record, label, param);
    }
    return cli_print_record_pairs (cli, record, ": ", error);
}

/* Libvirt is asked how many there are, then for them. */
static gboolean
read_params (const VirshTune *tune, virDomainPtr domain, const char *device,
             VirshParams *params, unsigned flags, GError **error)
{
    int n = 0;

    if (tune->get (domain, device, NULL, &n, flags) < 0)
        return virsh_fail (error, "%s", _ (tune->get_failed));
    params->list = g_new0 (virTypedParameter, MAX (n, 1));
    if (n > 0 && tune->get (domain, device, params->list, &n, flags) < 0)
        return virsh_fail (error, "%s", _ (tune->get_failed));
    params->n = params->max = n;
    return TRUE;
}

gboolean
virsh_tune (Cli *cli, const VirshTune *tune, virDomainPtr domain, const char *device,
            const VirshParams *params, unsigned flags, GError **error)
{
    g_auto (VirshParams) found = { 0 };

    if (params->n > 0)
        return tune->set (domain, device, params->list, params->n, flags) == 0 ||
               virsh_fail (error, "%s", _ (tune->set_failed));
    return read_params (tune, domain, device, &found, flags, error) &&
           virsh_params_print (cli, &found, tune->print, 15, error);
}

gboolean
virsh_check_wwn (const char *wwn, GError **error)
{
    const char *digits = g_str_has_prefix (wwn, "0x") ? wwn + 2 : wwn;
    gsize n = 0;

    while (g_ascii_isxdigit (digits[n]))
        n++;
    /* the words that libvirt itself has for it */
    return (n == 16 && digits[n] == '\0') ||
           vy_throw (error, VY_ERROR_USAGE, _ ("internal error: Malformed wwn: %s"), wwn);
}

gboolean
virsh_read_number (const char *option, const char *text, gint64 *value, GError **error)
{
    g_autoptr (GError) local = NULL;

    return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, &local) ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("Numeric value '%s' for <%s> option is malformed or out of "
                        "range"),
                     text, option);
}
