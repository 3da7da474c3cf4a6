"""Which short words mean something else in capitals?

``US`` is a country and ``us`` a pronoun; ``WHO``, ``IT``, ``AIDS``, ``ICE``, ``NICE`` likewise. A word in
this list that a text writes in capitals is indexed twice: as the plain word and, in capitals, as an
acronym. Only common English words of two to five letters belong here, and only those that also are, or
could soon be, an acronym in the news: a reader who types any other word in capitals should find it in small
letters too.
"""

_WORDS = """
    ad am an as at be by do go he hi if in is it ma me my no of oh on or ox pa so to up us we ace act add
    aid aim air app apt arc arm art ash ate bad ban bar bat bay bee bet bid bit box bud bus but cab cad cam
    can cap car cat cob cod cop cow cub cup dab dad dam den did dim din doe dog dot dry ear eat ebb ego elf
    end era eta eve fad fan far fat fed fee few fin fit fix flu for fun gag gap gas gel gem get god got gun
    had ham has hat her him hip his hit hop hot how hub hug ice ill ink ion its jam jar jet job joy key kin
    kit lab lap law lax led let lid lip lot low mad man map mar mat max may men met mob mod mom mud nab nap
    net new nil nit nod nor not now nut oar odd off oil old one opt orb ore our out owe owl own pad pal pan
    par pat pay pea pen per pet pie pig pin pit pop pot pow pro pub pup put raf ram ran rap rat raw red rep
    rib rig rim rip rod rot row rub run rut sad sag sam sap sat saw say sea sec see set sew she sin sip sir
    sis sit six ski sob son spa spy sub sum sun tab tag tan tap tar tax tea ten the tic tin tip toe ton too
    top tow toy try tub two use van vat vet via vie vow war was wax way web wed wet who why wig win wit woe
    won yes yet you zip zoo aced acid acme acts aide aids arch area arms army atom auto base bats bear best
    bold bond boss brat bric buck card care case cash cast cave cell cent chat chip cite clap coal code coil
    cops core cost crab crop cups cure dare dart dash data date deal dear dish doge dope dove drug dump east
    echo edge even face fact fair fame fang fast fate fear fifa fire firm five flag foil foot four free from
    fuel fund gain gate gave gift give goal gold good grad gram grip grit halo harm have hawk heap hear heat
    help here hero home hope horn host idea iris isle join jump just kite lamp land lead leaf leap life lift
    like lime link lion list live look lure mace main mars mash mask mast meet mend mesh mess mice mind mine
    mint mist mode moss most move navy next nice nine node none noun nuts oath once only open oral over pace
    pack pact page paid pass past path peer pier pigs pine pint pipe plan plot plus pole post quad race raid
    rail rain rand rank rare rate read real rest rice ride rise rite road role rose rule safe sage said salt
    same sand save scar seal seat seed seen self send shed ship shot side site slam slim snap soar soft soil
    some spam span spin spot star stem step stir stop swap swat tact talk tank tarp task team term test than
    that them then they this time tips told toll tort trim trio true turn unit vast very vice view vote walk
    want warm wasp wave well went were what when wide wife wild will wind wing wise wish with wolf word work
    yard zero zone chips cites clear coast cobra crest cross dream faith fangs force grain light peace pearl
    power press prism probe pulse quest radar rapid reach scope score scout seals shape share sharp smart
    spark spear start state storm swift trace trade train treat trips trust unity vista vital voice watch
"""
AMBIGUOUS = frozenset(_WORDS.split())
