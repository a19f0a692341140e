/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host check: virtualization in the CPU, KVM, IOMMU, devices. */
#include "vy-hostcheck-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/kvm.h>

#include "vy-i18n-private.h"

/* Whether the first CPU of /proc/cpuinfo has a flag. */
static gboolean
has_flag (const char *cpuinfo, const char *flag)
{
    const char *line = strstr (cpuinfo, "\nflags");
    const char *end = line ? strchr (line + 1, '\n') : NULL;
    gsize length = strlen (flag);

    for (const char *at = line; at && (at = strstr (at, flag)) && (!end || at < end);
         at += length)
        if (at[-1] == ' ' && (at[length] == ' ' || at[length] == '\n' || !at[length]))
            return TRUE;
    return FALSE;
}

static void
look_cpu (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *cpuinfo = vy_check_read (context, "proc/cpuinfo");
    gboolean vmx, svm;

    if (!cpuinfo) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("/proc/cpuinfo cannot be read"));
        return;
    }
    vmx = has_flag (cpuinfo, "vmx");
    svm = has_flag (cpuinfo, "svm");
    if (!vmx && !svm) {
        vy_check_answer (check, VY_CHECK_FAIL,
                         _ ("the CPU shows neither VT-x (vmx) nor AMD-V (svm)"));
        vy_check_fix (check,
                      _ ("enable virtualization in the firmware's setup, or in the "
                         "outer hypervisor"));
        return;
    }
    vy_check_answer (check, VY_CHECK_OK, vmx ? "VT-x (vmx)" : "AMD-V (svm)");
}

static void
look_cpu_paging (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *cpuinfo = vy_check_read (context, "proc/cpuinfo");
    gboolean paging, tags;

    if (!cpuinfo) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("/proc/cpuinfo cannot be read"));
        return;
    }
    paging = has_flag (cpuinfo, "ept") || has_flag (cpuinfo, "npt");
    tags = has_flag (cpuinfo, "vpid") || has_flag (cpuinfo, "flushbyasid");
    vy_check_answer (check, paging && tags ? VY_CHECK_OK : VY_CHECK_WARN,
                     _ ("nested paging (EPT/NPT): %s; tagged TLB (VPID/ASID): %s"),
                     paging ? _ ("yes") : _ ("no"), tags ? _ ("yes") : _ ("no"));
}

static const char *
kvm_module (const VyCheckContext *context)
{
    if (vy_check_exists (context, "sys/module/kvm_intel"))
        return "kvm_intel";
    return vy_check_exists (context, "sys/module/kvm_amd") ? "kvm_amd" : NULL;
}

static void
look_kvm_module (const VyCheckContext *context, VyCheck *check)
{
    const char *module = kvm_module (context);

    if (vy_check_exists (context, "sys/module/kvm") && module) {
        vy_check_answer (check, VY_CHECK_OK, "kvm, %s", module);
        return;
    }
    vy_check_answer (check, VY_CHECK_FAIL,
                     vy_check_exists (context, "sys/module/kvm")
                         ? _ ("kvm is loaded, kvm_intel or kvm_amd is not")
                         : _ ("the module kvm is not loaded"));
    vy_check_fix (check, "modprobe kvm_intel || modprobe kvm_amd");
}

/* Makes a VM and a vCPU. Returns: NULL, or what could not be done. */
static char *
try_kvm (int kvm)
{
    int vm = ioctl (kvm, KVM_CREATE_VM, 0), vcpu;
    int why;

    if (vm < 0)
        return g_strdup_printf ("KVM_CREATE_VM: %s", g_strerror (errno));
    vcpu = ioctl (vm, KVM_CREATE_VCPU, 0);
    why = errno;
    if (vcpu >= 0)
        close (vcpu);
    close (vm);
    return vcpu < 0 ? g_strdup_printf ("KVM_CREATE_VCPU: %s", g_strerror (why)) : NULL;
}

static void
look_kvm_device (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *problem = NULL;
    int kvm;

    if (!context->live) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("not the running machine"));
        return;
    }
    kvm = open ("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (kvm < 0) {
        vy_check_answer (check, VY_CHECK_FAIL, _ ("/dev/kvm cannot be opened: %s"),
                         g_strerror (errno));
        vy_check_fix (check, errno == EACCES ? "usermod -aG kvm $USER"
                                             : "modprobe kvm_intel || modprobe kvm_amd");
        return;
    }
    problem = try_kvm (kvm);
    close (kvm);
    if (problem) {
        vy_check_answer (check, VY_CHECK_FAIL, _ ("/dev/kvm opens, but %s"), problem);
        vy_check_fix (check, _ ("end other hypervisors that hold the CPU's extension"));
        return;
    }
    vy_check_answer (check, VY_CHECK_OK, _ ("a VM and a vCPU can be made"));
}

static void
look_nested (const VyCheckContext *context, VyCheck *check)
{
    const char *module = kvm_module (context);
    g_autofree char *path =
        g_strdup_printf ("sys/module/%s/parameters/nested", module ? module : "kvm");
    g_autofree char *value = vy_check_read (context, path);

    if (!value) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("no KVM module says"));
        return;
    }
    vy_check_answer (check, VY_CHECK_OK,
                     *value == 'Y' || *value == '1' ? _ ("guests can run KVM themselves")
                                                    : _ ("off: guests cannot run KVM"));
    if (*value != 'Y' && *value != '1')
        vy_check_fix (check,
                      "echo 'options %s nested=1' > /etc/modprobe.d/kvm-nested.conf",
                      module);
}

static void
look_iommu (const VyCheckContext *context, VyCheck *check)
{
    g_auto (GStrv) groups = vy_check_list (context, "sys/kernel/iommu_groups", "");
    guint count = g_strv_length (groups);

    if (count > 0) {
        vy_check_answer (check, VY_CHECK_OK, _ ("%u groups"), count);
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN,
                     _ ("no IOMMU groups: host devices cannot be given to guests"));
    vy_check_fix (check, _ ("add intel_iommu=on (or amd_iommu=on) iommu=pt to the kernel "
                            "command line and enable VT-d in the firmware"));
}

static void
look_device (const VyCheckContext *context, VyCheck *check, const char *device,
             const char *module, const char *without)
{
    if (vy_check_exists (context, device)) {
        vy_check_answer (check, VY_CHECK_OK, "/%s", device);
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN, _ ("/%s is missing: %s"), device, without);
    vy_check_fix (check, "modprobe %s", module);
}

static void
look_vhost_net (const VyCheckContext *context, VyCheck *check)
{
    look_device (context, check, "dev/vhost-net", "vhost_net",
                 _ ("guest networking goes through QEMU"));
}

static void
look_tun (const VyCheckContext *context, VyCheck *check)
{
    look_device (context, check, "dev/net/tun", "tun",
                 _ ("guests cannot be joined to bridges and networks"));
}

static void
look_cgroups (const VyCheckContext *context, VyCheck *check)
{
    static const char *const wanted[] = { "cpu", "cpuset", "memory", "io", "pids" };
    g_autofree char *v2 = vy_check_read (context, "sys/fs/cgroup/cgroup.controllers");
    g_auto (GStrv) have = g_strsplit (v2 ? v2 : "", " ", -1);
    g_autoptr (GString) missing = g_string_new ("");

    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
        const char *v1 = strcmp (wanted[i], "io") == 0 ? "blkio" : wanted[i];
        g_autofree char *path = g_build_filename ("sys/fs/cgroup", v1, NULL);

        if (!g_strv_contains ((const char *const *) have, wanted[i]) &&
            !vy_check_exists (context, path))
            g_string_append_printf (missing, "%s%s", missing->len ? ", " : "", wanted[i]);
    }
    if (missing->len == 0)
        vy_check_answer (check, VY_CHECK_OK,
                         v2 ? _ ("version 2, all controllers")
                            : _ ("version 1, all controllers"));
    else
        vy_check_answer (check, VY_CHECK_WARN,
                         _ ("missing controllers: %s; guests cannot be limited by them"),
                         missing->str);
}

const VyCheckRow vy_checks_cpu[] = {
    { "cpu", "cpu", look_cpu },
    { "cpu-paging", "cpu", look_cpu_paging },
    { "kvm-module", "kvm", look_kvm_module },
    { "kvm-device", "kvm", look_kvm_device },
    { "nested", "kvm", look_nested },
    { "iommu", "kvm", look_iommu },
    { "vhost-net", "kvm", look_vhost_net },
    { "tun", "kvm", look_tun },
    { "cgroups", "kvm", look_cgroups },
    { 0 },
};
