# Puts the option tables of PROGRAMS into SOURCE, writes OUTPUT.
set (TABLES "")
foreach (program IN LISTS PROGRAMS)
  execute_process (COMMAND ${BIN}/${program} --dump-options
    INPUT_FILE /dev/null TIMEOUT 60
    OUTPUT_VARIABLE dump RESULT_VARIABLE status ERROR_QUIET)
  if (status EQUAL 0)
    string (APPEND TABLES "${dump}")
  else ()
    message (WARNING "${program} --dump-options failed: its options are not completed")
  endif ()
endforeach ()
string (REPLACE ";" " " NAMES "${PROGRAMS}")
configure_file (${SOURCE} ${OUTPUT} @ONLY)
