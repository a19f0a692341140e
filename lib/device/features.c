/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hypervisor features, clock, power management. */
#include "device-private.h"

static gboolean
ignore (G_GNUC_UNUSED VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row,
        G_GNUC_UNUSED const char *path, G_GNUC_UNUSED const char *value,
        G_GNUC_UNUSED GError **error)
{
    return TRUE; /* libvirt knows the setting no more; the word is still accepted */
}

static const VySubopt features_rows[] = {
    { "acpi", "features/acpi", VY_PRESENCE },
    { "apic", "features/apic", VY_PRESENCE },
    { "pae", "features/pae", VY_PRESENCE },
    { "privnet", "features/privnet", VY_PRESENCE },
    { "hap", "features/hap", VY_PRESENCE },
    { "viridian", "features/viridian", VY_PRESENCE },
    { "apic.eoi", "features/apic/@eoi", VY_ONOFF, .alias = "eoi" },
    { "pmu.state", "features/pmu/@state", VY_ONOFF, .alias = "pmu" },
    { "hyperv.relaxed.state", "features/hyperv/relaxed/@state", VY_ONOFF,
      .alias = "hyperv_relaxed" },
    { "hyperv.vapic.state", "features/hyperv/vapic/@state", VY_ONOFF,
      .alias = "hyperv_vapic" },
    { "hyperv.spinlocks.state", "features/hyperv/spinlocks/@state", VY_ONOFF,
      .alias = "hyperv_spinlocks" },
    { "hyperv.spinlocks.retries", "features/hyperv/spinlocks/@retries", VY_INT,
      .alias = "hyperv_spinlocks_retries" },
    { "hyperv.vpindex.state", "features/hyperv/vpindex/@state", VY_ONOFF },
    { "hyperv.runtime.state", "features/hyperv/runtime/@state", VY_ONOFF },
    { "hyperv.synic.state", "features/hyperv/synic/@state", VY_ONOFF,
      .alias = "hyperv_synic" },
    { "hyperv.stimer.state", "features/hyperv/stimer/@state", VY_ONOFF },
    { "hyperv.stimer.direct.state", "features/hyperv/stimer/direct/@state", VY_ONOFF },
    { "hyperv.reset.state", "features/hyperv/reset/@state", VY_ONOFF,
      .alias = "hyperv_reset" },
    { "hyperv.frequencies.state", "features/hyperv/frequencies/@state", VY_ONOFF },
    { "hyperv.reenlightenment.state", "features/hyperv/reenlightenment/@state",
      VY_ONOFF },
    { "hyperv.tlbflush.state", "features/hyperv/tlbflush/@state", VY_ONOFF },
    { "hyperv.tlbflush.direct.state", "features/hyperv/tlbflush/direct/@state",
      VY_ONOFF },
    { "hyperv.tlbflush.extended.state", "features/hyperv/tlbflush/extended/@state",
      VY_ONOFF },
    { "hyperv.ipi.state", "features/hyperv/ipi/@state", VY_ONOFF },
    { "hyperv.evmcs.state", "features/hyperv/evmcs/@state", VY_ONOFF },
    { "hyperv.avic.state", "features/hyperv/avic/@state", VY_ONOFF },
    { "hyperv.xmm_input.state", "features/hyperv/xmm_input/@state", VY_ONOFF },
    { "hyperv.emsr_bitmap.state", "features/hyperv/emsr_bitmap/@state", VY_ONOFF },
    { "vmport.state", "features/vmport/@state", VY_ONOFF, .alias = "vmport" },
    { "kvm.hidden.state", "features/kvm/hidden/@state", VY_ONOFF, .alias = "kvm_hidden" },
    { "kvm.hint-dedicated.state", "features/kvm/hint-dedicated/@state", VY_ONOFF },
    { "kvm.poll-control.state", "features/kvm/poll-control/@state", VY_ONOFF },
    { "kvm.pv-ipi.state", "features/kvm/pv-ipi/@state", VY_ONOFF },
    { "pvspinlock.state", "features/pvspinlock/@state", VY_ONOFF },
    { "gic.version", "features/gic/@version", VY_STRING, .alias = "gic_version" },
    { "smm.state", "features/smm/@state", VY_ONOFF, .alias = "smm" },
    { "vmcoreinfo.state", "features/vmcoreinfo/@state", VY_ONOFF, .alias = "vmcoreinfo" },
    { "ioapic.driver", "features/ioapic/@driver", VY_STRING },
    { "msrs.unknown", "features/msrs/@unknown", VY_STRING },
    { 0 },
};

static const VyPlace features_places[] = {
    { "features/apic/@eoi", "0.10.2" },
    { "features/hyperv", "1.0.0" },
    { "features/hyperv/vapic", "1.1.0" },
    { "features/hyperv/spinlocks", "1.1.0" },
    { "features/hyperv/vpindex", "1.3.3" },
    { "features/hyperv/runtime", "1.3.3" },
    { "features/hyperv/synic", "1.3.3" },
    { "features/hyperv/stimer", "1.3.3" },
    { "features/hyperv/stimer/direct", "5.7.0" },
    { "features/hyperv/reset", "1.3.3" },
    { "features/hyperv/frequencies", "4.7.0" },
    { "features/hyperv/reenlightenment", "4.7.0" },
    { "features/hyperv/tlbflush", "4.7.0" },
    { "features/hyperv/tlbflush/direct", "11.0.0" },
    { "features/hyperv/tlbflush/extended", "11.0.0" },
    { "features/hyperv/ipi", "4.10.0" },
    { "features/hyperv/evmcs", "4.10.0" },
    { "features/hyperv/avic", "8.10.0" },
    { "features/hyperv/xmm_input", "11.0.0" },
    { "features/hyperv/emsr_bitmap", "11.0.0" },
    { "features/kvm/hidden", "1.2.8" },
    { "features/kvm/hint-dedicated", "5.7.0" },
    { "features/kvm/poll-control", "6.10.0" },
    { "features/kvm/pv-ipi", "7.10.0" },
    { "features/pmu", "1.2.12" },
    { "features/vmport", "1.2.16" },
    { "features/gic", "1.2.16" },
    { "features/gic/@version", NULL, "host 2 3" },
    { "features/smm", "2.1.0" },
    { "features/ioapic", "3.4.0" },
    { "features/ioapic/@driver", NULL, "kvm qemu" },
    { "features/vmcoreinfo", "4.4.0" },
    { "features/msrs", "5.1.0" },
    { "features/msrs/@unknown", NULL, "ignore fault" },
    { 0 },
};

static const VySubopt *const features_tables[] = { features_rows, NULL };

const VyDevice vy_device_features = {
    .option = "features",
    .help = N_ ("hypervisor features"),
    .element = "",
    .clear = "features",
    .rows = features_tables,
    .places = features_places,
};

/* A timer that is told nothing stands there all the same: the host's default is in force.
 */
static gboolean
set_timer (VySuboptTarget *target, G_GNUC_UNUSED const VySubopt *row, const char *path,
           const char *value, G_GNUC_UNUSED GError **error)
{
    g_autofree char *timer = g_path_get_dirname (path);

    vy_xml_ensure (target->domain, timer);
    if (value)
        vy_xml_set (target->domain, path, value);
    else
        xmlUnsetProp (vy_xml_find (target->domain, timer),
                      BAD_CAST (strrchr (path, '@') + 1));
    return TRUE;
}

static const VySubopt clock_rows[] = {
    { "pit_tickpolicy", "clock/timer[@name='pit']/@tickpolicy", VY_STRING,
      .set = set_timer },
    { "rtc_tickpolicy", "clock/timer[@name='rtc']/@tickpolicy", VY_STRING,
      .set = set_timer },
    { "platform_present", "clock/timer[@name='platform']/@present", VY_YESNO,
      .set = set_timer },
    { "pit_present", "clock/timer[@name='pit']/@present", VY_YESNO, .set = set_timer },
    { "rtc_present", "clock/timer[@name='rtc']/@present", VY_YESNO, .set = set_timer },
    { "hpet_present", "clock/timer[@name='hpet']/@present", VY_YESNO, .set = set_timer },
    { "tsc_present", "clock/timer[@name='tsc']/@present", VY_YESNO, .set = set_timer },
    { "kvmclock_present", "clock/timer[@name='kvmclock']/@present", VY_YESNO,
      .set = set_timer },
    { "hypervclock_present", "clock/timer[@name='hypervclock']/@present", VY_YESNO,
      .set = set_timer },
    { "offset", "clock/@offset", VY_STRING },
    { "timer%.name", "clock/timer%/@name", VY_STRING },
    { "timer%.present", "clock/timer%/@present", VY_YESNO },
    { "timer%.tickpolicy", "clock/timer%/@tickpolicy", VY_STRING },
    { "timer%.track", "clock/timer%/@track", VY_STRING },
    { "timer%.mode", "clock/timer%/@mode", VY_STRING },
    { "timer%.frequency", "clock/timer%/@frequency", VY_INT },
    { "timer%.catchup.threshold", "clock/timer%/catchup/@threshold", VY_INT },
    { "timer%.catchup.slew", "clock/timer%/catchup/@slew", VY_INT },
    { "timer%.catchup.limit", "clock/timer%/catchup/@limit", VY_INT },
    { "platform_tickpolicy", NULL, VY_STRING, .set = ignore },
    { "hpet_tickpolicy", NULL, VY_STRING, .set = ignore },
    { "tsc_tickpolicy", NULL, VY_STRING, .set = ignore },
    { "kvmclock_tickpolicy", NULL, VY_STRING, .set = ignore },
    { "hypervclock_tickpolicy", NULL, VY_STRING, .set = ignore },
    { 0 },
};

static const VyPlace clock_places[] = {
    { "clock/@offset", NULL, "utc localtime timezone variable absolute" },
    { "clock/timer[@name='pit']/@tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "clock/timer[@name='rtc']/@tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "clock/timer[@name='hypervclock']", "1.2.2" },
    { "clock/timer%", "0.8.0" },
    { "clock/timer%/@name", NULL,
      "platform pit rtc hpet tsc kvmclock hypervclock armvtimer" },
    { "clock/timer%/@tickpolicy", NULL, "delay catchup merge discard" },
    { "clock/timer%/@track", NULL, "boot guest wall realtime" },
    { "clock/timer%/@mode", NULL, "auto native emulate paravirt smpsafe" },
    { "platform_tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "hpet_tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "tsc_tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "kvmclock_tickpolicy", "0.8.0", "delay catchup merge discard" },
    { "hypervclock_tickpolicy", "1.2.2", "delay catchup merge discard" },
    { 0 },
};

static const VySubopt *const clock_tables[] = { clock_rows, NULL };

const VyDevice vy_device_clock = {
    .option = "clock",
    .help = N_ ("clock and timers"),
    .element = "",
    .clear = "clock",
    .rows = clock_tables,
    .places = clock_places,
};

static const VySubopt pm_rows[] = {
    { "suspend_to_mem.enabled", "pm/suspend-to-mem/@enabled", VY_YESNO,
      .alias = "suspend_to_mem" },
    { "suspend_to_disk.enabled", "pm/suspend-to-disk/@enabled", VY_YESNO,
      .alias = "suspend_to_disk" },
    { 0 },
};

static const VyPlace pm_places[] = {
    { "pm", "0.10.2" },
    { 0 },
};

static const VySubopt *const pm_tables[] = { pm_rows, NULL };

const VyDevice vy_device_pm = {
    .option = "pm",
    .help = N_ ("suspend to memory and disk"),
    .element = "",
    .clear = "pm",
    .rows = pm_tables,
    .places = pm_places,
};
