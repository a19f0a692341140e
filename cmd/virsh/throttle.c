/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks as libvirt's parameters */
#include "throttle.h"

#define ROW(option, name, place)                                                         \
    {                                                                                    \
        option, VIR_DOMAIN_BLOCK_IOTUNE_##name, VIR_TYPED_PARAM_ULLONG,                  \
            offsetof (ThrottleArgs, place)                                               \
    }

static const VirshParamRow rows[] = {
    ROW ("total-bytes-sec", TOTAL_BYTES_SEC, limit[0]),
    ROW ("read-bytes-sec", READ_BYTES_SEC, limit[1]),
    ROW ("write-bytes-sec", WRITE_BYTES_SEC, limit[2]),
    ROW ("total-iops-sec", TOTAL_IOPS_SEC, limit[3]),
    ROW ("read-iops-sec", READ_IOPS_SEC, limit[4]),
    ROW ("write-iops-sec", WRITE_IOPS_SEC, limit[5]),
    ROW ("total-bytes-sec-max", TOTAL_BYTES_SEC_MAX, limit[6]),
    ROW ("read-bytes-sec-max", READ_BYTES_SEC_MAX, limit[7]),
    ROW ("write-bytes-sec-max", WRITE_BYTES_SEC_MAX, limit[8]),
    ROW ("total-iops-sec-max", TOTAL_IOPS_SEC_MAX, limit[9]),
    ROW ("read-iops-sec-max", READ_IOPS_SEC_MAX, limit[10]),
    ROW ("write-iops-sec-max", WRITE_IOPS_SEC_MAX, limit[11]),
    ROW ("size-iops-sec", SIZE_IOPS_SEC, limit[12]),
    { "group-name", VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME, VIR_TYPED_PARAM_STRING,
      offsetof (ThrottleArgs, group) },
    ROW ("total-bytes-sec-max-length", TOTAL_BYTES_SEC_MAX_LENGTH, length[0]),
    ROW ("read-bytes-sec-max-length", READ_BYTES_SEC_MAX_LENGTH, length[1]),
    ROW ("write-bytes-sec-max-length", WRITE_BYTES_SEC_MAX_LENGTH, length[2]),
    ROW ("total-iops-sec-max-length", TOTAL_IOPS_SEC_MAX_LENGTH, length[3]),
    ROW ("read-iops-sec-max-length", READ_IOPS_SEC_MAX_LENGTH, length[4]),
    ROW ("write-iops-sec-max-length", WRITE_IOPS_SEC_MAX_LENGTH, length[5]),
};

gboolean
virsh_throttle_params (Cli *cli, VirshParams *params, const ThrottleArgs *args,
                       GError **error)
{
    return virsh_params_add (cli, params, rows, G_N_ELEMENTS (rows), args, error);
}
