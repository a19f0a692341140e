/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What main() of every native program calls. */
#include "cli.h"
