# Asks the PROGRAMS in BIN for their rows, writes TABLE.
set (rows "")
foreach (program IN LISTS PROGRAMS)
  execute_process (COMMAND ${BIN}/${program} --dump-names
    INPUT_FILE /dev/null TIMEOUT 60
    OUTPUT_VARIABLE output RESULT_VARIABLE status ERROR_QUIET)
  if (status EQUAL 0)
    string (APPEND rows "${output}")
  else ()
    message (WARNING "${program} --dump-names failed: its commands are not known")
  endif ()
endforeach ()
file (WRITE ${TABLE} "${rows}")
