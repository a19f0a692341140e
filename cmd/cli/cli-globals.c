/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of every program. Data only: the dispatcher has them without libvirt. */
#include "cli-private.h"

const char *const cli_formats[] = { "table", "json", "csv", "plain", NULL };

const CliOption cli_global_options[] = {
    { "connect", 'c', CLI_STRING, 0, offsetof (CliGlobals, uri), N_ ("URI"),
      N_ ("connect to the hypervisor at URI") },
    { "format", 0, CLI_ENUM, 0, offsetof (CliGlobals, format), N_ ("FORMAT"),
      N_ ("how results are printed"), .choices = cli_formats },
    { "columns", 0, CLI_STRING, 0, offsetof (CliGlobals, columns), N_ ("LIST"),
      N_ ("columns to print, by key, separated by commas") },
    { "quiet", 'q', CLI_FLAG, 0, offsetof (CliGlobals, quiet), NULL,
      N_ ("print results only") },
    { "timeout", 0, CLI_TIME, 0, offsetof (CliGlobals, timeout_ms), N_ ("DURATION"),
      N_ ("give up after this time; a bare number counts seconds") },
    { "help", 'h', CLI_FLAG, 0, offsetof (CliGlobals, help), NULL,
      N_ ("show this help") },
    { "usage", 0, CLI_FLAG, 0, offsetof (CliGlobals, usage), NULL,
      N_ ("show a short synopsis") },
    { "version", 'V', CLI_FLAG, 0, offsetof (CliGlobals, version), NULL,
      N_ ("show the version") },
    { 0 },
};
