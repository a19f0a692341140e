# Writes the page of reports: tables out of the sources in CMD, records by asking VIRSH,
# which has a host of its own in HOST. TEMPLATE has the prose, OUTPUT is the page.
set (type_STRING "text")
set (type_INT "number")
set (type_UINT "number")
set (type_SIZE "bytes")
set (type_DOUBLE "number")
set (type_BOOL "true or false")
set (type_TIME "seconds since 1970")
set (type_STRINGS "list of texts")
set (type_RECORD "object")
set (type_RECORDS "list of objects")
set (type_ARRAY "list")
set (type_OBJECT "object")
set (type_NUMBER "number")
set (type_BOOLEAN "true or false")
set (type_NULL "may be null")

# title: the command; the array that CMD/file has under that name
function (table title file name)
  file (READ ${CMD}/${file} text)
  string (REPLACE ";" "" text "${text}")
  string (FIND "${text}" "CliColumn ${name}[]" begin)
  if (begin LESS 0)
    message (WARNING "${file} has no table ${name}: the page lacks ${title}")
    return ()
  endif ()
  string (SUBSTRING "${text}" ${begin} -1 text)
  string (FIND "${text}" "{ 0 }" end)
  string (SUBSTRING "${text}" 0 ${end} text)
  string (REGEX MATCHALL "{ *\"[a-z_0-9]+\",[^{]*CLI_COL_[A-Z]+" rows "${text}")
  set (out ".SS ${title}\nA list of objects:\n")
  foreach (row IN LISTS rows)
    string (REGEX MATCH "\"([a-z_0-9]+)\"" key "${row}")
    set (key ${CMAKE_MATCH_1})
    string (REGEX MATCH "CLI_COL_([A-Z]+)" type "${row}")
    string (APPEND out "\\fB${key}\\fR (${type_${CMAKE_MATCH_1}}),\n")
  endforeach ()
  string (REGEX REPLACE ",\n$" ".\n" out "${out}")
  set (TABLES "${TABLES}${out}" PARENT_SCOPE)
endfunction ()

# title: the command; the keys that the functions of CMD/file put into a record (none named:
# all of the file), and what else is to say in NOTE
function (keys title file note)
  file (READ ${CMD}/${file} text)
  string (REPLACE ";" "" text "${text}")
  set (parts "")
  foreach (name IN LISTS ARGN)
    # the last: a prototype may stand before it
    string (FIND "${text}" "\n${name} (" begin REVERSE)
    if (begin LESS 0)
      message (WARNING "${file} has no function ${name}: the page lacks ${title}")
      return ()
    endif ()
    string (SUBSTRING "${text}" ${begin} -1 part)
    string (FIND "${part}" "\n}\n" end)
    string (SUBSTRING "${part}" 0 ${end} part)
    string (APPEND parts "${part}")
  endforeach ()
  if (NOT ARGN)
    set (parts "${text}")
  endif ()
  set (what "An object:\n")
  set (out "")
  string (REGEX MATCHALL "(cli_record|add)_[a-z]+ \\([a-z]+, \"[a-z_0-9]+\"" rows "${parts}")
  list (REMOVE_DUPLICATES rows)
  set (seen "")
  foreach (row IN LISTS rows)
    string (REGEX MATCH "[a-z]_([a-z]+) \\([a-z]+, \"([a-z_0-9]+)\"" row "${row}")
    set (kind ${CMAKE_MATCH_1})
    set (key ${CMAKE_MATCH_2})
    list (FIND seen "${key}" at)
    if (NOT kind STREQUAL "null" AND at LESS 0)
      list (APPEND seen ${key})
      string (TOUPPER ${kind} kind)
      string (APPEND out "\\fB${key}\\fR")
      if (type_${kind})
        string (APPEND out " (${type_${kind}})")
      endif ()
      string (APPEND out ",\n")
    endif ()
  endforeach ()
  string (REGEX REPLACE ",\n$" ".\n" out "${out}")
  if (out STREQUAL "")
    set (what "")
  endif ()
  if (note)
    set (note "${note}\n")
  endif ()
  set (RECORDS "${RECORDS}.SS ${title}\n${what}${out}${note}" PARENT_SCOPE)
endfunction ()

# The keys of an object in words: sets KEYS.
function (keys_of json)
  string (JSON n LENGTH "${json}")
  set (out "")
  if (n GREATER 0)
    math (EXPR last "${n} - 1")
    foreach (i RANGE ${last})
      string (JSON key MEMBER "${json}" ${i})
      string (JSON type TYPE "${json}" "${key}")
      string (APPEND out "\\fB${key}\\fR (${type_${type}}),\n")
    endforeach ()
  endif ()
  string (REGEX REPLACE ",\n$" ".\n" out "${out}")
  set (KEYS "${out}" PARENT_SCOPE)
endfunction ()

# title: the command; words: what is asked, as one line of virsh
function (record title words)
  execute_process (COMMAND ${VIRSH} -c test://${HOST} --format json ${words}
    INPUT_FILE /dev/null TIMEOUT 60 OUTPUT_VARIABLE json RESULT_VARIABLE status
    ERROR_QUIET)
  if (NOT status EQUAL 0)
    message (WARNING "virsh ${words} failed: the page lacks ${title}")
    return ()
  endif ()
  set (what "An object:")
  string (JSON type ERROR_VARIABLE bad TYPE "${json}")
  if (type STREQUAL "ARRAY")
    set (what "A list of objects:")
    string (JSON json GET "${json}" 0)
  endif ()
  keys_of ("${json}")
  set (RECORDS "${RECORDS}.SS ${title}\n${what}\n${KEYS}" PARENT_SCOPE)
endfunction ()

table ("virsh list" virsh/domain-list.c columns)
table ("virsh domblklist" virsh/domain-disk-info.c disk_columns)
table ("virsh domblklist \\-\\-details" virsh/domain-disk-info.c disk_detail_columns)
table ("virsh domblkerror" virsh/domain-disk-info.c error_columns)
table ("virsh domdisplay" virsh/domain-display.c display_columns)
table ("virsh domiflist" virsh/domain-interface-info.c interface_columns)
table ("virsh domifaddr" virsh/domain-interface-info.c address_columns)
table ("virsh domfsinfo" virsh/domain-agent.c columns)
table ("virsh iothreadinfo" virsh/domain-iothread.c columns)
table ("virsh vcpuinfo" virsh/domain-vcpu.c columns)
table ("virsh vcpupin" virsh/domain-pin.c columns)
table ("virsh domthrottlegrouplist" virsh/domain-throttle-group.c columns)
table ("virsh migrate \\-\\-check" virsh/migrate.c check_columns)
table ("virsh freecell \\-\\-all" virsh/host-memory.c cell_columns)
table ("virsh freepages \\-\\-all" virsh/host-memory.c page_columns)
table ("virsh hypervisor\\-cpu\\-models" virsh/host-cpu.c model_columns)
table ("virsh iface\\-list" virsh/interface.c columns)
table ("virsh net\\-list" virsh/network-info.c columns)
table ("virsh net\\-dhcp\\-leases" virsh/network-info.c lease_columns)
table ("virsh net\\-port\\-list" virsh/network-port.c columns)
table ("virsh nodedev\\-list" virsh/nodedev.c columns)
table ("virsh nwfilter\\-list" virsh/nwfilter.c filter_columns)
table ("virsh nwfilter\\-binding\\-list" virsh/nwfilter.c binding_columns)
table ("virsh pool\\-list" virsh/pool-info.c columns)
table ("virsh pool\\-list \\-\\-details" virsh/pool-info.c detail_columns)
table ("virsh secret\\-list" virsh/secret.c columns)
table ("virsh vol\\-list" virsh/volume.c columns)
table ("virsh vol\\-list \\-\\-details" virsh/volume.c detail_columns)
table ("virtyard explain" explain.c columns)
table ("virtyard host check" host.c check_columns)
table ("virtyard image list" image.c list_columns)
table ("virtyard ip" ip.c columns)
table ("virtyard net list" net.c list_columns)
table ("virtyard net leases" net.c lease_columns)
table ("virtyard os list" os.c list_columns)
table ("virtyard recover" recover.c plan_columns)
table ("virtyard wait" wait.c columns)
table ("\\-\\-dry\\-run of any command" cli/cli-plan.c columns)

foreach (command IN ITEMS
    "blkdeviotune web vda" "blkiotune web" "cpu-stats web" "domblkinfo web vda"
    "domblkstat web vda" "domcontrol web" "domif-getlink web 52:54:00:10:20:30"
    "domifstat web 52:54:00:10:20:30" "domiftune web 52:54:00:10:20:30" "dominfo web"
    "domstats" "domtime web" "emulatorpin web" "memtune web" "numatune web" "perf web" "schedinfo web"
    "vcpucount web" "vncdisplay web" "net-info lab" "nodecpumap" "nodecpustats"
    "nodedev-info computer" "nodeinfo" "pool-info images"
    "snapshot-create-as web before; snapshot-info web before"
    "snapshot-create-as web before; snapshot-list web" "vol-info web.img images")
  string (REPLACE "; " "\\; " words "${command}")
  string (REGEX REPLACE "^.*; " "" title "${command}")
  string (REGEX REPLACE " .*" "" title "${title}")
  string (REPLACE "-" "\\-" title "${title}")
  record ("virsh ${title}" "${words}")
endforeach ()
# what the host of the page cannot tell
keys ("virsh blockjob" virsh/domain-block-info.c "" print_job_record)
keys ("virsh checkpoint\\-info" virsh/checkpoint.c
  "\\fBchildren\\fR and \\fBdescendants\\fR are numbers." run_info)
keys ("virsh checkpoint\\-list" virsh/moments.c
  "A list of objects: \\fBname\\fR (text), \\fBcreation_time\\fR (seconds since 1970),
\\fBparent\\fR (text)." virsh_moments_print)
keys ("virsh cpu\\-compare" virsh/host-cpu.c "" print_verdict)
keys ("virsh hypervisor\\-cpu\\-compare" virsh/host-cpu.c "" print_verdict)
keys ("virsh domjobinfo" virsh/domain-job.c
  "The others are libvirt's names, such as \\fBtime_elapsed\\fR, \\fBdata_total\\fR and
\\fBmemory_remaining\\fR: times in milliseconds, sizes in bytes." print_record)
keys ("virsh domlaunchsecinfo" virsh/domain-settings.c
  "An object whose keys are libvirt's names, such as \\fBsev\\-measurement\\fR."
  run_launch_info)
keys ("virsh dommemstat" virsh/domain-monitor.c
  "An object of numbers; \\fBactual_kib\\fR and \\fBrss_kib\\fR are always there, others, such
as \\fBunused_kib\\fR and \\fBmajor_fault\\fR, when the guest tells them." run_dommemstat)
keys ("virsh domthrottlegroupinfo" virsh/domain-throttle-group.c
  "An object of numbers whose keys are those of \\fBblkdeviotune\\fR, and \\fBgroup_name\\fR."
  run_info)
keys ("virsh guestinfo" virsh/domain-agent.c
  "An object whose keys are libvirt's names with an underscore for each point; those with a
number in them are a list of objects." run_guestinfo)
keys ("virsh guestvcpus" virsh/domain-vcpu.c
  "An object whose keys are libvirt's: \\fBvcpus\\fR, \\fBonline\\fR and \\fBofflinable\\fR (text)."
  run_guestvcpus)
keys ("virsh migrate\\-compcache" virsh/migrate-tune.c
  "An object: \\fBcompression_cache_bytes\\fR (number)." run_compcache)
keys ("virsh migrate\\-getmaxdowntime" virsh/migrate-tune.c
  "An object: \\fBmax_downtime_ms\\fR (number)." run_getmaxdowntime)
keys ("virsh migrate\\-getspeed" virsh/migrate-tune.c
  "An object: \\fBmax_speed_mib_per_s\\fR (number)." run_getspeed)
keys ("virsh node\\-memory\\-tune" virsh/host-memory.c
  "An object whose keys are libvirt's names, such as \\fBshm_pages_to_scan\\fR." run_tune)
keys ("virsh nodememstats" virsh/host-memory.c
  "An object of numbers: \\fBtotal_kib\\fR, \\fBfree_kib\\fR, \\fBbuffers_kib\\fR, \\fBcached_kib\\fR."
  run_memstats)
keys ("virsh nodesevinfo" virsh/host-node.c
  "An object whose keys are libvirt's names, such as \\fBcbitpos\\fR." run_sevinfo)
keys ("virsh ttyconsole" virsh/domain-display.c "An object: \\fBtty\\fR (text)."
  run_ttyconsole)
keys ("virsh event" virsh/domain-events.c
  "The first three are in each; the event says which others there are. With
\\fB\\-\\-timestamp\\fR there is a \\fBtimestamp\\fR, too.")
keys ("virsh net\\-event" virsh/object-events.c "The network is in \\fBnetwork\\fR.")
keys ("virsh nodedev\\-event" virsh/object-events.c "The device is in \\fBdevice\\fR.")
keys ("virsh pool\\-event" virsh/object-events.c "The pool is in \\fBpool\\fR.")
keys ("virsh secret\\-event" virsh/object-events.c "The secret is in \\fBsecret\\fR.")
keys ("virsh qemu\\-monitor\\-event" virsh/monitor-events.c "")
keys ("virtyard image check" image.c "" run_check)
keys ("virtyard image info" image.c "" print_info)
keys ("virtyard os detect" os.c "Keys that the medium does not tell are missing." run_detect)
keys ("virtyard os show" os.c "" add_resources add_devices run_show)
keys ("virtyard net info" net.c "" print_info)
configure_file (${TEMPLATE} ${OUTPUT} @ONLY)
