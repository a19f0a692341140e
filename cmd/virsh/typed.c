/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of libvirt's typed parameters, as text and as fields of records */
#include "virsh.h"

char *
virsh_param_text (const virTypedParameter *param)
{
    switch (param->type) {
    case VIR_TYPED_PARAM_INT:
        return g_strdup_printf ("%d", param->value.i);
    case VIR_TYPED_PARAM_UINT:
        return g_strdup_printf ("%u", param->value.ui);
    case VIR_TYPED_PARAM_LLONG:
        return g_strdup_printf ("%lld", param->value.l);
    case VIR_TYPED_PARAM_ULLONG:
        return g_strdup_printf ("%llu", param->value.ul);
    case VIR_TYPED_PARAM_DOUBLE:
        return g_strdup_printf ("%f", param->value.d);
    case VIR_TYPED_PARAM_BOOLEAN:
        return g_strdup (param->value.b ? _ ("yes") : _ ("no"));
    default:
        return g_strdup (param->value.s);
    }
}

void
virsh_record_param (CliRecord *record, const char *label, const virTypedParameter *param)
{
    virsh_record_param_as (record, param->field, label, param);
}

void
virsh_record_param_as (CliRecord *record, const char *key, const char *label,
                       const virTypedParameter *param)
{
    switch (param->type) {
    case VIR_TYPED_PARAM_INT:
        cli_record_int (record, key, label, param->value.i);
        break;
    case VIR_TYPED_PARAM_UINT:
        cli_record_uint (record, key, label, param->value.ui);
        break;
    case VIR_TYPED_PARAM_LLONG:
        cli_record_int (record, key, label, param->value.l);
        break;
    case VIR_TYPED_PARAM_ULLONG:
        cli_record_uint (record, key, label, param->value.ul);
        break;
    case VIR_TYPED_PARAM_DOUBLE:
        cli_record_double (record, key, label, param->value.d);
        break;
    case VIR_TYPED_PARAM_BOOLEAN:
        cli_record_bool (record, key, label, param->value.b != 0);
        break;
    default:
        cli_record_string (record, key, label, param->value.s);
    }
}
