/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Option rows for the devices of a domain, out of the library's tables. */
#pragma once

#include "cli.h"

/* Room for the texts of each device option in an Args struct: char **devices[…]. */
#define CLI_MAX_DEVICES 64

/**
 * cli_devices_options:
 * @own: a command's own rows, ended by { 0 }
 * @offset: of a field `char **devices[CLI_MAX_DEVICES]` in its Args struct
 *
 * Returns: @own and behind it a row for each device and each of its other spellings,
 * ended by { 0 }; (transfer container): the caller frees the array
 */
CliOption *cli_devices_options (const CliOption *own, size_t offset);

/* The texts given for a device, or NULL when the option was not given. */
char **cli_devices_texts (char ***devices, const VyDevice *device);

/* Prints the sub-options of each device whose text asks for the list ("help", "?").
 * Returns: whether there was one. */
gboolean cli_devices_print_listings (Cli *cli, char ***devices);

/* What may follow in the text of a device option: keys, and values that libvirt knows. */
GStrv cli_complete_subopts (Cli *cli, const char *typed);
