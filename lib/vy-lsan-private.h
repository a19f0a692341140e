/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of other libraries that lose memory: between these LeakSanitizer does not count.
 */
#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif
