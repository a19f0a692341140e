/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every public header of the library needs: export mark and GLib. */
#pragma once

#include <glib.h>

#ifndef VY_API
#define VY_API __attribute__ ((visibility ("default")))
#endif
