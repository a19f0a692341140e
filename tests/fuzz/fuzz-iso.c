/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as an ISO image: the 32 KiB before its first descriptor are not part of them.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vy-isofile-private.h"
#include "vy-media-private.h"
#include "vy-tree-private.h"

#define SYSTEM_AREA 32768
#define TAIL 65536

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static int
make_image (const guint8 *data, gsize size)
{
    int fd = memfd_create ("image", MFD_CLOEXEC);

    g_assert_true (fd >= 0 && ftruncate (fd, (off_t) (SYSTEM_AREA + size + TAIL)) == 0 &&
                   pwrite (fd, data, size, SYSTEM_AREA) == (ssize_t) size);
    return fd;
}

static void
read_members (const char *path)
{
    static const char *const members[] = { ".treeinfo", ".disk/info", "A.;1",
                                           "images/pxeboot/vmlinuz" };

    for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
        g_autofree char *text = vy_isofile_read (path, members[i]);

        if (text)
            g_assert_true (vy_isofile_has (path, members[i]));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    int fd = make_image (data, size);
    g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
    g_autofree char *kernel = NULL;
    g_autofree char *initrd = NULL;
    g_autoptr (VyMedia) media = vy_media_detect (path, NULL);
    VyTree tree = { path, VY_TREE_ISO };

    if (media)
        read_members (path);
    if (media)
        vy_tree_find_kernel (&tree, "x86_64", FALSE, &kernel, &initrd, NULL);
    close (fd);
    return 0;
}
